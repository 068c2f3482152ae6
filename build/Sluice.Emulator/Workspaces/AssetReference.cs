using System.Text.RegularExpressions;

namespace Sluice.Emulator.Workspaces;

/// <summary>A version of the workspace's own code or environments, named by ARM id or <c>azureml:name:version</c>.</summary>
internal sealed partial record AssetReference(string Name, string Version)
{
    /// <summary>Reads a reference to an asset of a kind, for example <c>codes</c>; null when it is none of this workspace.</summary>
    public static AssetReference? TryParse(string text, string kind)
    {
        var path = Path().Match(text);
        var isOfKind = path.Success && path.Groups["kind"].Value.Equals(kind, StringComparison.OrdinalIgnoreCase);
        var match = isOfKind ? path : Short().Match(text);
        return match.Success ? new AssetReference(match.Groups["name"].Value, match.Groups["version"].Value) : null;
    }

    /// <summary>Whether it names something that Azure provides, and no workspace: a registry's asset or a curated environment.</summary>
    public static bool IsElsewhere(string text) =>
        text.StartsWith("azureml://registries/", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("azureml:AzureML-", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\A(azureml:)?/subscriptions/.+/(?<kind>[a-z]+)/(?<name>[^/]+)/versions/(?<version>[^/]+)/?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"\Aazureml:(?<name>[^:/]+):(?<version>[^:/]+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
