namespace Sluice.Rollouts.Spec;

/// <summary>A version that is registered in the workspace: <c>azureml:name:version</c> or <c>azureml:name@latest</c>.</summary>
/// <param name="Name">The asset's name.</param>
/// <param name="Version">The version; null for the one that was created last, which is looked up when the deployment is made.</param>
public sealed record RegisteredAsset(string Name, string? Version) : AssetSource;
