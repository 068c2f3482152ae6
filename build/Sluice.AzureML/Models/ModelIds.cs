using System.Text.RegularExpressions;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Models;

/// <summary>
/// The ids by which a deployment names its model: the ARM id of a version in the workspace, or
/// <c>azureml://registries/r/models/m/versions/v</c> of one in a registry.
/// </summary>
internal static partial class ModelIds
{
    /// <summary>The id of a version.</summary>
    public static string Of(ResourceIdentifier workspace, ModelVersion model) => model.Registry is { } registry
        ? $"azureml://registries/{registry}/models/{model.Name}/versions/{model.Version}"
        : workspace.AppendChildResource("models", model.Name).AppendChildResource("versions", model.Version).ToString();

    /// <summary>The version that an id names; null when it names none, or in a way that does not tell.</summary>
    public static (string? Registry, string Name, string Version)? Parse(string? id)
    {
        if (id is null)
        {
            return null;
        }

        if (InRegistry().Match(id) is { Success: true } match)
        {
            return (match.Groups["registry"].Value, match.Groups["name"].Value, match.Groups["version"].Value);
        }

        return ResourceIdentifier.TryParse(id, out var resource)
            && resource!.ResourceType == MachineLearningModelVersionResource.ResourceType
                ? (null, resource.Parent!.Name, resource.Name)
                : null;
    }

    // No answer with such a model is on record; should the service answer with the registry's ARM id, that is read, too.
    [GeneratedRegex(
        @"(\Aazureml:/|/providers/Microsoft\.MachineLearningServices)"
        + @"/registries/(?<registry>[^/]+)/models/(?<name>[^/]+)/versions/(?<version>[^/]+)/?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InRegistry();
}
