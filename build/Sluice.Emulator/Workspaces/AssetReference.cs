using System.Text.RegularExpressions;

namespace Sluice.Emulator.Workspaces;

/// <summary>A version of the workspace's own models, code or environments, as a deployment names it.</summary>
internal sealed partial record AssetReference(string Name, string Version)
{
    /// <summary>Reads a reference: an id, or <c>azureml:name:version</c>. Null when it is none of this workspace.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="collection">The kind of asset, by its collection's name in paths: <c>codes</c>, for example.</param>
    /// <param name="workspace">What ids in this workspace begin with, of which one is compared whole, without regard to case.</param>
    public static AssetReference? TryParse(string text, string collection, IReadOnlyList<string> workspace)
    {
        var match = workspace.FirstOrDefault(id => text.StartsWith($"{id}/{collection}/", StringComparison.OrdinalIgnoreCase)) is { } id
            ? InCollection().Match(text[$"{id}/{collection}/".Length..])
            : Short().Match(text);
        return match.Success ? new AssetReference(match.Groups["name"].Value, match.Groups["version"].Value) : null;
    }

    /// <summary>Whether it names something that Azure provides, and no workspace: a registry's asset or a curated environment.</summary>
    public static bool IsElsewhere(string text) =>
        text.StartsWith("azureml://registries/", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("azureml:AzureML-", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A(?<name>[^/]+)/versions/(?<version>[^/]+)/?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InCollection();

    [GeneratedRegex(@"\Aazureml:(?<name>[^:/]+):(?<version>[^:/]+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
