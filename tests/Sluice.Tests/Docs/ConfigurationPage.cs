using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Sluice.Tests.Docs;

/// <summary>The page of <c>docs/</c> that explains each key of the configuration, made of the JSON schema, which is made of the readers.</summary>
internal sealed class ConfigurationPage
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>The page.</summary>
    /// <param name="schema">The JSON schema.</param>
    public static string Of(JObject schema)
    {
        var page = new ConfigurationPage();
        page._text.Append("# Configuration, key by key\n\n")
            .Append("This page is made from what reads the configuration, as `config/sluice.schema.json` is. ")
            .Append("Relative paths start from the file's folder. Comments (`//`, `/* */`), a comma too many, single quotes, ")
            .Append("keys without quotes, and words such as `AzureCloud` in any case are fine; an unknown key is a mistake.\n");
        page.Section("the file", schema);
        return page._text.ToString();
    }

    private void Section(string path, JObject schema)
    {
        var below = new List<(string Path, JObject Schema)>();
        _text.Append(CultureInfo.InvariantCulture, $"\n## `{path}`\n\n");
        if (path != "the file" && (string?)schema["description"] is { } about)
        {
            _text.Append(Cell(about)).Append("\n\n");
        }

        _text.Append("| key | what it is for | value | when left out |\n|---|---|---|---|\n");
        var required = (schema["required"] as JArray ?? []).Select(name => (string)name!).ToHashSet();
        foreach (var (name, value) in schema["properties"]!.Cast<JProperty>().Select(property => (property.Name, (JObject)property.Value)))
        {
            var inner = path == "the file" ? name : $"{path}.{name}";
            var content = Content(value);
            var isMap = content?["properties"] is not null;
            var from = isMap ? _places.GetValueOrDefault($"{content!["properties"]}") : null;
            if (isMap && from is null)
            {
                var place = value["items"] is null ? inner : $"{inner}[]";
                _places[$"{content!["properties"]}"] = place;
                below.Add((place, content));
            }

            var omitted = value["default"] is { } standard ? $"`{Plain(standard)}`" : required.Contains(name) ? "required" : "";
            _text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Cell((string?)value["description"] ?? "")} | {Kind(value, from)} | {omitted} |\n");
        }

        foreach (var (inner, part) in below)
        {
            Section(inner, part);
        }
    }

    /// <summary>The map that a value is, or a list of; null when it is neither.</summary>
    private static JObject? Content(JObject value) =>
        new[] { value, value["items"] as JObject }
            .Concat(ChoicesOf(value)?.SelectMany(choice => new[] { choice, choice["items"] as JObject }) ?? [])
            .FirstOrDefault(candidate => candidate?["properties"] is not null);

    /// <summary>The kinds of value that it may be; null when it is of one. A map with members has alternatives among them, not kinds.</summary>
    private static JObject[]? ChoicesOf(JObject value) =>
        value["properties"] is null && (value["oneOf"] ?? value["anyOf"]) is JArray choices ? [.. choices.OfType<JObject>()] : null;

    private static string Kind(JObject value, string? from)
    {
        var reference = from is null ? "" : $", as [`{from}`](#{Anchor(from)})";
        if (value["enum"] is JArray words)
        {
            return string.Join(", ", words.Select(word => $"`{Plain(word)}`"));
        }

        if (ChoicesOf(value) is { } choices)
        {
            return string.Join(" or ", choices.Select(choice => Kind(choice, from: null)).Distinct()) + reference;
        }

        var type = (string?)value["type"] switch
        {
            "array" => $"list{(value["items"] is JObject { Count: > 0 } item && item["properties"] is null ? $" of: {Kind(item, from: null)}" : "")}",
            "object" => "map",
            { } named => named,
            null => "",
        };
        var lower = value["minimum"] is { } minimum ? $"from {Plain(minimum)}" : value["exclusiveMinimum"] is { } above ? $"above {Plain(above)}" : "";
        var upper = value["maximum"] is { } maximum ? $"to {Plain(maximum)}" : value["exclusiveMaximum"] is { } under ? $"below {Plain(under)}" : "";
        var examples = value["examples"] is JArray { Count: > 0 } shown ? "such as " + string.Join(", ", shown.Select(each => $"`{Plain(each)}`")) : "";
        var bounds = value["$comment"] is { } comment ? $"{(examples.Length > 0 ? ", " : "")}{Plain(comment)}" : "";
        return string.Join(" ", new[] { type, lower, upper, examples }.Where(part => part.Length > 0)) + bounds + reference;
    }

    private static string Plain(JToken token) => token.Type switch
    {
        JTokenType.String => (string)token!,
        JTokenType.Float => new JValue((decimal)token).ToString(Newtonsoft.Json.Formatting.None), // Without an exponent.
        _ => token.ToString(Newtonsoft.Json.Formatting.None),
    };

    /// <summary>GitHub's name of a heading: lower case, letters, digits and hyphens alone.</summary>
    private static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Where(each => char.IsLetterOrDigit(each) || each == '-'));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
