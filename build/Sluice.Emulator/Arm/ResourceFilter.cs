using System.Text.RegularExpressions;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The <c>$filter</c> of ARM's list of resources, as far as it names a type: <c>resourceType eq '...'</c>.</summary>
internal static partial class ResourceFilter
{
    /// <summary>The type that a request filters by, or null when it filters nothing.</summary>
    /// <exception cref="RefusedException">The filter is another one.</exception>
    public static string? TypeIn(ArmRequest request) => request.Query("$filter") is not { Length: > 0 } filter ? null
        : Form().Match(filter) is { Success: true } match ? match.Groups["type"].Value
        : throw Refuse.BadRequest(
            "InvalidFilterInQueryString",
            $"Invalid $filter '{filter}' specified in the query string. The local Azure ML reads resourceType eq '<type>', for example "
            + $"resourceType eq '{ArmScope.Provider}/workspaces'.");

    [GeneratedRegex(@"\A\s*resourceType\s+eq\s+'(?<type>[^']+)'\s*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
