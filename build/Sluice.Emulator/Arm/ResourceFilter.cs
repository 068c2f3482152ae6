using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The <c>$filter</c> of ARM's list of resources, as far as it compares <c>resourceType</c>, <c>name</c>, <c>tagName</c> or <c>tagValue</c> by
/// <c>eq</c>, also several of them joined by <c>and</c> (documentation: "Resources - List").
/// </summary>
internal static partial class ResourceFilter
{
    private const string TagName = "TAGNAME";
    private const string TagValue = "TAGVALUE";

    /// <summary>Whether a resource, as the list shows it, passes the filter of a request; no filter lets all pass.</summary>
    /// <exception cref="RefusedException">The filter is another one.</exception>
    public static Func<JsonObject, bool> In(ArmRequest request)
    {
        if (request.Query("$filter") is not { Length: > 0 } filter)
        {
            return _ => true;
        }

        var match = Form().Match(filter);
        var wanted = match.Groups["name"].Captures
            .Zip(match.Groups["value"].Captures)
            .ToLookup(
                condition => condition.First.Value.ToUpperInvariant(),
                condition => condition.Second.Value.Replace("''", "'", StringComparison.Ordinal));
        return match.Success && (wanted.Contains(TagName) || !wanted.Contains(TagValue))
            ? resource => wanted["RESOURCETYPE"].All(type => Is(resource["type"], type))
                && wanted["NAME"].All(name => Is(resource["name"], name))
                && wanted[TagName].All(name => HasTag(resource, name, wanted[TagValue]))
            : throw Refuse.BadRequest(
                "InvalidFilterInQueryString",
                $"Invalid $filter '{filter}' specified in the query string. The local Azure ML reads resourceType eq '<type>', name eq '<name>', "
                + "tagName eq '<name>', which tagValue eq '<value>' may follow, and several of them joined by and, for example "
                + $"resourceType eq '{ArmScope.Provider}/workspaces'.");
    }

    private static bool HasTag(JsonObject resource, string name, IEnumerable<string> values) =>
        (resource["tags"] as JsonObject ?? []).Any(tag =>
            tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && values.All(value => value == (string?)tag.Value));

    private static bool Is(JsonNode? text, string wanted) => wanted.Equals((string?)text, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\A\s*((?<name>resourceType|name|tagName|tagValue)\s+eq\s+'(?<value>([^']|'')+)'\s*(\z|and\s+(?!\s*\z)))+\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
