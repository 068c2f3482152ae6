using Azure.Core;

namespace Sluice.AzureML.Assets;

/// <summary>The assets that a deployment names, as they are called in the workspace.</summary>
/// <param name="Code">The id of the code version; null for a deployment without code.</param>
/// <param name="Environment">The id of the environment version; null for a deployment without one.</param>
internal sealed record DeploymentAssets(ResourceIdentifier? Code, string? Environment)
{
    /// <summary>The assets of an MLflow model that Azure serves without code.</summary>
    public static DeploymentAssets None { get; } = new(null, null);
}
