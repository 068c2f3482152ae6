using System.Text.RegularExpressions;

namespace Sluice.Emulator.Workspaces;

/// <summary>A path in a datastore: <c>azureml://[subscriptions/../workspaces/../]datastores/{datastore}/paths/{path}</c>.</summary>
/// <param name="Datastore">The datastore's name.</param>
/// <param name="Path">The path, without slashes at its ends.</param>
internal sealed partial record DatastorePath(string Datastore, string Path)
{
    /// <summary>Reads a URI, or answers null when it is none of these.</summary>
    public static DatastorePath? TryParse(string uri) => Form().Match(uri) is { Success: true } match
        ? new DatastorePath(match.Groups["datastore"].Value, match.Groups["path"].Value.Trim('/'))
        : null;

    /// <summary>A model URI as the service writes it: whatever the client's spelling, <c>resourceGroups</c> is in camel case.</summary>
    public static string Canonical(string uri) => ResourceGroups().Replace(uri, "/resourceGroups/");

    [GeneratedRegex(
        @"\Aazureml://(?:.+/)?datastores/(?<datastore>[^/]+)/paths/(?<path>.+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("/resourcegroups/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ResourceGroups();
}
