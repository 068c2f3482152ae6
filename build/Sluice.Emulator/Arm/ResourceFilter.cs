using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The <c>$filter</c> of ARM's list of resources (documentation: "Resources - List"), without what compares plans, which nothing here has.
/// <c>startswith</c> is how <c>az resource list --tag</c> writes a name with a star (Azure/azure-cli, <c>command_modules/resource/custom.py</c>).
/// </summary>
internal static partial class ResourceFilter
{
    private const string TagName = "TAGNAME";
    private const string TagValue = "TAGVALUE";
    private const string Location = "LOCATION";
    private const int GroupInId = 4;

    private static readonly Dictionary<string, Func<JsonObject, JsonNode?>> Properties = new()
    {
        [Location] = resource => resource["location"],
        ["RESOURCETYPE"] = resource => resource["type"],
        ["NAME"] = resource => resource["name"],
        ["RESOURCEGROUP"] = resource => ((string?)resource["id"])?.Split('/').ElementAtOrDefault(GroupInId),
        ["IDENTITY/PRINCIPALID"] = resource => resource["identity"]?["principalId"],
    };

    /// <summary>Whether a resource, as the list shows it, passes the filter of a request; no filter lets all pass.</summary>
    /// <exception cref="RefusedException">The filter is another one.</exception>
    public static Func<JsonObject, bool> In(ArmRequest request)
    {
        if (request.Query("$filter") is not { Length: > 0 } filter)
        {
            return _ => true;
        }

        // What is joined by "and" holds together, and "or" joins such groups.
        List<List<Condition>> groups = [[]];
        for (var rest = filter; rest.Length > 0;)
        {
            var match = Term().Match(rest);
            var condition = new Condition(
                match.Groups["property"].Value.ToUpperInvariant(),
                match.Groups["operator"].Value.ToUpperInvariant(),
                match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal));
            if (!match.Success || !IsKnown(condition))
            {
                throw Refused(filter);
            }

            groups[^1].Add(condition);
            rest = rest[match.Length..];
            if (match.Groups["join"].Value.Equals("or", StringComparison.OrdinalIgnoreCase))
            {
                groups.Add([]);
            }
        }

        return groups.TrueForAll(group => group.Exists(condition => condition.Is(TagName, "EQ")) || !group.Exists(condition => condition.Is(TagValue, "EQ")))
            ? resource => groups.Exists(group => group.TrueForAll(condition => Holds(condition, resource, group)))
            : throw Refused(filter);
    }

    private static bool IsKnown(Condition condition) => condition.Operator switch
    {
        "EQ" => Properties.ContainsKey(condition.Property) || condition.Property is TagName or TagValue,
        "NE" => Properties.ContainsKey(condition.Property),
        "SUBSTRINGOF" => condition.Property is "NAME" or "RESOURCEGROUP",
        _ => condition.Property == TagName,
    };

    private static bool Holds(Condition condition, JsonObject resource, List<Condition> group)
    {
        if (condition.Property is TagName or TagValue)
        {
            var values = group.Where(other => other.Property == TagValue).Select(other => other.Value).ToList();
            return condition.Property == TagValue || (resource["tags"] as JsonObject ?? []).Any(tag => condition.Operator == "EQ"
                ? Same(tag.Key, condition.Value) && values.TrueForAll(value => value == (string?)tag.Value)
                : tag.Key.StartsWith(condition.Value, StringComparison.OrdinalIgnoreCase));
        }

        var found = (string?)Properties[condition.Property](resource) ?? "";
        return condition.Operator switch
        {
            "SUBSTRINGOF" => found.Contains(condition.Value, StringComparison.OrdinalIgnoreCase),
            var equality => (equality == "EQ") == Same(
                found, condition.Property == Location ? condition.Value.Replace(" ", "", StringComparison.Ordinal) : condition.Value),
        };
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static RefusedException Refused(string filter) => Refuse.BadRequest(
        "InvalidFilterInQueryString",
        $"Invalid $filter '{filter}' specified in the query string. The local Azure ML reads location, resourceType, name, resourceGroup and "
        + "identity/principalId with eq or ne and a '<value>', substringof('<value>', name) and (…, resourceGroup), tagName eq '<name>', which "
        + "tagValue eq '<value>' may follow, startswith(tagName, '<value>'), and several of them joined by and or or, for example "
        + $"resourceType eq '{ArmScope.Provider}/workspaces'.");

    [GeneratedRegex(
        @"\A\s*((?<property>[\w/]+)\s+(?<operator>eq|ne)\s+'(?<value>([^']|'')*)'"
        + @"|(?<operator>substringof)\s*\(\s*'(?<value>([^']|'')*)'\s*,\s*(?<property>\w+)\s*\)"
        + @"|(?<operator>startswith)\s*\(\s*(?<property>\w+)\s*,\s*'(?<value>([^']|'')*)'\s*\))"
        + @"\s*(\z|(?<join>and|or)\s+(?=\S))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Term();

    private sealed record Condition(string Property, string Operator, string Value)
    {
        public bool Is(string property, string comparison) => Property == property && Operator == comparison;
    }
}
