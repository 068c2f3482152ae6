using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>
/// A JSON object from a client. Members are taken out of it one by one, whatever the case of their names; what is left at the end
/// is what the emulator does not know. Names in there may differ in case only: those of environment variables do.
/// </summary>
/// <param name="json">The object; it is emptied.</param>
/// <param name="path">Where it stands in the body, for messages.</param>
internal sealed class JsonInput(JsonObject json, string path)
{
    /// <summary>Where the object stands in the body; empty for the body itself.</summary>
    public string Path => path;

    /// <summary>The names of the members that have not been taken.</summary>
    public IReadOnlyList<string> Names => [.. json.Select(member => member.Key)];

    /// <summary>Takes a string, or null.</summary>
    public string? TakeText(string name) => Take(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var other => throw Wrong(name, other, "a string"),
    };

    /// <summary>Takes a string that must be there.</summary>
    public string TakeRequiredText(string name) => TakeText(name) is { Length: > 0 } text ? text : throw Missing(name);

    /// <summary>Takes an absolute URI, as it is written, or null.</summary>
    public string? TakeUri(string name) => TakeText(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out _) ? text
        : throw Refuse.InvalidContent($"'{PathOf(name)}' is '{text}'; expected is a URI such as azureml://datastores/<name>/paths/<path>");

    /// <summary>Takes an absolute URI that must be there, as it is written.</summary>
    public string TakeRequiredUri(string name) => TakeUri(name) is { Length: > 0 } uri ? uri : throw Missing(name);

    /// <summary>Takes a GUID, or null.</summary>
    public Guid? TakeGuid(string name) => TakeText(name) is not { Length: > 0 } text ? null
        : Guid.TryParse(text, out var id) ? id
        : throw Refuse.InvalidContent($"'{PathOf(name)}' is '{text}'; expected is a GUID such as {Guid.Empty}");

    /// <summary>Takes a string that is one of a few, whatever its case, in the official spelling; null when it is not there.</summary>
    public string? TakeChoice(string name, params IReadOnlyList<string> allowed)
    {
        var text = TakeText(name);
        return text is null
            ? null
            : allowed.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase))
                ?? throw Refuse.InvalidContent($"'{PathOf(name)}' is '{text}'; allowed are {string.Join(", ", allowed)}");
    }

    /// <summary>Takes a string that must be there and is one of a few, whatever its case, in the official spelling.</summary>
    public string TakeRequiredChoice(string name, params IReadOnlyList<string> allowed) => TakeChoice(name, allowed) ?? throw Missing(name);

    /// <summary>Takes an integer in a range, or null.</summary>
    public int? TakeInteger(string name, int least, int most) => Take(name) switch
    {
        null => null,
        var node => Integer(name, node) is var integer && integer >= least && integer <= most
            ? integer
            : throw Wrong(name, node, $"an integer from {least} to {most}"),
    };

    /// <summary>Takes a number that a condition allows, or null.</summary>
    /// <param name="name">The member.</param>
    /// <param name="isAllowed">The condition.</param>
    /// <param name="allowed">The condition in words.</param>
    public double? TakeNumber(string name, Predicate<double> isAllowed, string allowed) => Take(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() is var number && isAllowed(number) =>
            number,
        var other => throw Wrong(name, other, allowed),
    };

    /// <summary>Takes an integer, or null.</summary>
    public int? TakeInteger(string name) => Take(name) is { } node ? Integer(name, node) : null;

    /// <summary>Takes a truth value, or null.</summary>
    public bool? TakeFlag(string name) => Take(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        var other => throw Wrong(name, other, "true or false"),
    };

    /// <summary>Takes an ISO 8601 duration such as <c>PT5S</c>, or null.</summary>
    public TimeSpan? TakeDuration(string name)
    {
        var text = TakeText(name);
        try
        {
            return text is null ? null : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw Refuse.InvalidContent($"'{PathOf(name)}' is '{text}'; expected is an ISO 8601 duration such as PT5S");
        }
    }

    /// <summary>Takes an object, or null.</summary>
    public JsonInput? TakeObject(string name) => Take(name) switch
    {
        null => null,
        JsonObject found => new JsonInput(found, PathOf(name)),
        var other => throw Wrong(name, other, "an object"),
    };

    /// <summary>Takes a list of objects; empty when it is not there.</summary>
    public IReadOnlyList<JsonInput> TakeObjects(string name) => Take(name) switch
    {
        null => [],
        JsonArray items =>
        [
            .. items.Select((item, index) => item is JsonObject found
                ? new JsonInput(found, $"{PathOf(name)}[{index}]")
                : throw Wrong($"{name}[{index}]", item, "an object")),
        ],
        var other => throw Wrong(name, other, "a list"),
    };

    /// <summary>Takes a list of strings, or null.</summary>
    public JsonArray? TakeTextList(string name) => Take(name) switch
    {
        null => null,
        JsonArray items =>
        [
            .. items.Select((item, index) => item?.GetValueKind() == JsonValueKind.String
                ? item.DeepClone()
                : throw Wrong($"{name}[{index}]", item, "a string")),
        ],
        var other => throw Wrong(name, other, "a list"),
    };

    /// <summary>Refuses what was not taken.</summary>
    /// <param name="known">The members that there are.</param>
    public void RefuseRest(params IReadOnlyList<string> known)
    {
        if (json.FirstOrDefault().Key is { } unknown)
        {
            throw Refuse.InvalidContent(
                $"'{PathOf(unknown)}' is not known; {(known.Count == 0 ? "no member is" : $"known are {string.Join(", ", known)}")}");
        }
    }

    /// <summary>Takes an object that must be there.</summary>
    public JsonInput TakeRequiredObject(string name) => TakeObject(name) ?? throw Missing(name);

    /// <summary>Takes an object whose members are integers; empty when it is not there.</summary>
    public IReadOnlyDictionary<string, int> TakeIntegers(string name)
    {
        var found = TakeObject(name);
        return found?.Integers() ?? [];
    }

    /// <summary>Takes an object whose members are strings or null, as the tags of an asset are; null when it is not there.</summary>
    public JsonObject? TakeTexts(string name)
    {
        var found = TakeObject(name);
        return found?.Texts();
    }

    /// <summary>
    /// Takes a resource's tags, an object whose members are strings, in a form that lasts; null when they are not there. A tag's name ignores
    /// case and keeps its spelling (documentation: "Use tags to organize your Azure resources and management hierarchy"), so that two which
    /// differ in case only would be one tag, and Azure takes no null for a value (azure-sdk-for-python#17805). That is ARM's rule: the tags of assets and other maps are the workspace's own, and have none.
    /// </summary>
    public JsonElement? TakeTags(string name)
    {
        var found = TakeObject(name);
        return found?.Tags();
    }

    /// <summary>Drops a member: one that only the service sets, or that is never given back.</summary>
    public void Drop(string name)
    {
        foreach (var spelling in SpellingsOf(name))
        {
            json.Remove(spelling);
        }
    }

    /// <summary>What is left, in a form that lasts.</summary>
    public JsonElement Rest() => ArmJson.Keep(json);

    /// <summary>What is left, all of which must be strings or null.</summary>
    public JsonObject Texts()
    {
        foreach (var (name, node) in json)
        {
            if (node is not null && node.GetValueKind() != JsonValueKind.String)
            {
                throw Wrong(name, node, "a string");
            }
        }

        return json.DeepClone().AsObject();
    }

    private Dictionary<string, int> Integers()
    {
        var integers = new Dictionary<string, int>();
        foreach (var (name, node) in json)
        {
            integers.Add(name, node is null ? throw Wrong(name, node, "an integer") : Integer(name, node));
        }

        return integers;
    }

    private JsonElement Tags()
    {
        if (Texts().FirstOrDefault(tag => tag.Value is null).Key is { } empty)
        {
            throw Wrong(empty, found: null, "a string");
        }

        foreach (var spellings in json.Select(member => member.Key).GroupBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            RefuseTwice([.. spellings]);
        }

        return TagRules.Check(Rest());
    }

    private int Integer(string name, JsonNode node) =>
        node is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && value.TryGetValue<decimal>(out var number)
        && decimal.IsInteger(number)
        && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw Wrong(name, node, "an integer");

    private JsonNode? Take(string name)
    {
        var spellings = SpellingsOf(name);
        RefuseTwice(spellings);
        if (spellings is not [var found])
        {
            return null;
        }

        json.Remove(found, out var node);
        return node;
    }

    private IReadOnlyList<string> SpellingsOf(string name) =>
        [.. json.Select(member => member.Key).Where(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))];

    private void RefuseTwice(IReadOnlyList<string> spellings)
    {
        if (spellings.Count > 1)
        {
            throw Refuse.InvalidContent(
                $"{string.Join(" and ", spellings.Select(spelling => $"'{PathOf(spelling)}'"))} are one name, as case is ignored here; "
                + "expected is one of them");
        }
    }

    private RefusedException Missing(string name) => Refuse.InvalidContent($"'{PathOf(name)}' is missing");

    private RefusedException Wrong(string name, JsonNode? found, string expected)
    {
        const int shown = 60;
        var text = found?.ToJsonString() ?? "null";
        return Refuse.InvalidContent(
            $"'{PathOf(name)}' is {(text.Length > shown ? $"{text[..shown]}…" : text)}; expected is {expected}");
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
