using System.Text.Json.Nodes;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The members of a JSON object to which Azure's REST specification gives a type. One that has another type is refused; names and values of
/// which there are a few come out in the official spelling, and JSON null is the same as nothing.
/// </summary>
/// <param name="members">How each is taken out of the object, in the order of the wire; null where it is not there.</param>
internal sealed class TypedMembers(params IReadOnlyList<(string Name, Func<JsonInput, string, JsonNode?> Take)> members)
{
    /// <summary>What assets, their containers and datastores have in common (the specification's <c>ResourceBase</c>).</summary>
    public static TypedMembers ResourceBase { get; } = new(("description", Text), ("tags", Texts), ("properties", Texts));

    /// <summary>Reads an object; it is emptied. Other members come behind these, as they were sent.</summary>
    /// <exception cref="Workspaces.RefusedException">A member is of another type, or one that is needed is missing.</exception>
    public JsonObject Read(JsonInput input)
    {
        var read = ReadKnown(input);
        foreach (var other in input.Rest().EnumerateObject())
        {
            read[other.Name] = ArmJson.Node(other.Value);
        }

        return read;
    }

    /// <summary>Reads these members of an object and no others, as a service does that reads it into a type of its own.</summary>
    /// <exception cref="Workspaces.RefusedException">A member is of another type, or one that is needed is missing.</exception>
    public JsonObject ReadKnown(JsonInput input)
    {
        var read = new JsonObject();
        foreach (var (name, take) in members)
        {
            if (take(input, name) is { } value)
            {
                read[name] = value;
            }
        }

        return read;
    }

    /// <summary>These members, and others behind them.</summary>
    public TypedMembers And(params IReadOnlyList<(string Name, Func<JsonInput, string, JsonNode?> Take)> others) => new([.. members, .. others]);

    /// <summary>A string.</summary>
    public static JsonNode? Text(JsonInput from, string name) => from.TakeText(name);

    /// <summary>A string that must be there.</summary>
    public static JsonNode? RequiredText(JsonInput from, string name) => from.TakeRequiredText(name);

    /// <summary>An absolute URI.</summary>
    public static JsonNode? Uri(JsonInput from, string name) => from.TakeUri(name);

    /// <summary>A truth value.</summary>
    public static JsonNode? Flag(JsonInput from, string name) => from.TakeFlag(name);

    /// <summary>An integer.</summary>
    public static JsonNode? Integer(JsonInput from, string name) => from.TakeInteger(name);

    /// <summary>A number.</summary>
    public static JsonNode? Number(JsonInput from, string name) => from.TakeNumber(name, _ => true, "a number");

    /// <summary>An ISO 8601 duration.</summary>
    public static JsonNode? Duration(JsonInput from, string name) =>
        from.TakeDuration(name) is { } duration ? WireTime.Duration(duration) : null;

    /// <summary>An object whose members are strings or null.</summary>
    public static JsonNode? Texts(JsonInput from, string name) => from.TakeTexts(name);

    /// <summary>An object whose members are strings or null, without the service's own, which clients send back.</summary>
    public static Func<JsonInput, string, JsonNode?> TextsBeside(params IReadOnlyList<string> own) => (from, name) =>
    {
        var found = from.TakeObject(name);
        foreach (var member in own)
        {
            found?.Drop(member);
        }

        return found?.Texts();
    };

    /// <summary>A list of strings.</summary>
    public static JsonNode? TextList(JsonInput from, string name) => from.TakeTextList(name);

    /// <summary>A string that is one of a few, whatever its case.</summary>
    public static Func<JsonInput, string, JsonNode?> Choice(params IReadOnlyList<string> allowed) =>
        (from, name) => from.TakeChoice(name, allowed);

    /// <summary>An object with these members and no others.</summary>
    public static Func<JsonInput, string, JsonNode?> Only(params IReadOnlyList<(string Name, Func<JsonInput, string, JsonNode?> Take)> members) =>
        (from, name) => from.TakeObject(name) is { } found ? new TypedMembers(members).ReadKnown(found) : null;

    /// <summary>An object with typed members, and others.</summary>
    public static Func<JsonInput, string, JsonNode?> Object(params IReadOnlyList<(string Name, Func<JsonInput, string, JsonNode?> Take)> members) =>
        (from, name) => from.TakeObject(name) is { } found ? new TypedMembers(members).Read(found) : null;

    /// <summary>An object whose members are all of one type, whatever their names.</summary>
    public static Func<JsonInput, string, JsonNode?> Map(Func<JsonInput, string, JsonNode?> take) =>
        (from, name) => from.TakeObject(name) is { } found
            ? new JsonObject([.. found.Names.Select(member => KeyValuePair.Create(member, take(found, member)))])
            : null;
}
