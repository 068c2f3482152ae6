using System.Collections.Immutable;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads a map key by key. Each call declares one key: its name, its format, its default and its meaning. The declarations alone decide
/// which keys are known and what the schema says, so a new key is one line in one reader.
/// </summary>
internal sealed class MapReader
{
    private readonly SpecMap _map;
    private readonly string _path;
    private readonly Mistakes _mistakes;
    private readonly List<KeyDeclaration> _keys = [];
    private readonly HashSet<string> _mayBeNull = [];
    private readonly bool _isNothing;
    private readonly bool _takesNulls;
    private ImmutableArray<string> _alternatives = [];
    private bool _leavesOtherKeysAlone;

    private MapReader(SpecMap map, string path, Mistakes mistakes, bool isNothing = false, bool takesNulls = false) =>
        (_map, _path, _mistakes, _isNothing, _takesNulls) = (map, path, mistakes, isNothing, takesNulls);

    /// <summary>Where the map starts.</summary>
    public Place Place => _map.Place;

    /// <summary>Reads a map with a reader and reports the keys that the reader did not declare.</summary>
    /// <param name="node">The map; anything else is a mistake.</param>
    /// <param name="path">The map's own path in the document, for messages; empty for the document.</param>
    /// <param name="mistakes">Takes the mistakes.</param>
    /// <param name="read">Reads the map. It gets an empty one, whose mistakes nobody sees, when there is none.</param>
    /// <param name="takesNulls">
    /// Whether null is as good as left out, as in what <c>az ml</c> prints; else it is a mistake, for it may be meant as "none" where there is
    /// a default.
    /// </param>
    public static T Read<T>(SpecNode node, string path, Mistakes mistakes, Func<MapReader, T> read, bool takesNulls = false)
    {
        if (node is not SpecMap map)
        {
            mistakes.Add(node.Place, $"{(path.Length == 0 ? "The document" : path)} is {node.Found}; allowed: a map.");
            return ReadNothing(read, node.Place);
        }

        var reader = new MapReader(map, path, mistakes, takesNulls: takesNulls);
        var result = read(reader);
        reader.ReportNulls();
        if (!reader._leavesOtherKeysAlone)
        {
            reader.ReportUnknownKeys();
        }

        return result;
    }

    /// <summary>The JSON schema of the maps that a reader reads.</summary>
    public static JObject SchemaOf<T>(Func<MapReader, T> read)
    {
        var reader = new MapReader(SpecMap.Empty(new Place("")), "", new Mistakes());
        read(reader);
        return reader.Schema();
    }

    /// <summary>A value that must be there, in the file or as an argument.</summary>
    public Field<T> Required<T>(string key, Format<T> format, string about = "", Argument<T>? argument = null)
    {
        Declare(key, about, argument is null, format.Schema);
        if (Find(key, format, argument) is { } found)
        {
            return found;
        }

        ReportMissing(key, $"{format.Allowed}{OrArgument(argument)}");
        return Bad<T>(Place);
    }

    /// <summary>A value that must be there: in the file, as an argument, or elsewhere. A placeholder counts as left out.</summary>
    public Field<T> Required<T>(string key, Format<T> format, string about, Argument<T> argument, Elsewhere<T> elsewhere)
    {
        Declare(key, about, false, format.Schema);
        _mayBeNull.Add(key);
        var written = _map.Find(key)?.Value;
        if (argument.IsGiven || written is not (null or SpecScalar { IsPlaceholder: true }))
        {
            return Find(key, format, argument)!;
        }

        if (elsewhere.Find() is { } found)
        {
            return found;
        }

        var place = written?.Place ?? Place;
        var what = written is null ? "missing" : $"not filled in yet ({written.Found})";
        _mistakes.Add(place, $"{PathOf(key)} is {what}; allowed: {format.Allowed}; {argument.Name} works too, and so does {elsewhere.Name}.");
        return Bad<T>(place);
    }

    /// <summary>A value with a default.</summary>
    public Field<T> OrDefault<T>(string key, Format<T> format, T fallback, string about = "", Argument<T>? argument = null)
    {
        Declare(key, about, false, () => new JObject(format.Schema()) { ["default"] = format.Write(fallback) });
        return Find(key, format, argument) ?? new Field<T>(fallback, Place, IsGood: !_isNothing);
    }

    /// <summary>A value that may be left out; null when it is.</summary>
    public Field<T>? Optional<T>(string key, Format<T> format, string about = "", Argument<T>? argument = null)
    {
        Declare(key, about, false, format.Schema);
        return Find(key, format, argument);
    }

    /// <summary>A map whose members all have defaults; it is read as an empty one when it is left out.</summary>
    public T Section<T>(string key, Func<MapReader, T> read, string about = "")
    {
        Declare(key, about, false, () => SchemaOf(read));
        return Null(key) is { } nothing && !_takesNulls
            ? ReadNothing(read, nothing.Place)
            : Read(_map.Find(key)?.Value ?? SpecMap.Empty(Place), PathOf(key), read);
    }

    /// <summary>A map that must be there.</summary>
    public T RequiredSection<T>(string key, Func<MapReader, T> read, string about = "")
    {
        Declare(key, about, true, () => SchemaOf(read));
        if (_map.Find(key) is { } entry)
        {
            return Read(entry.Value, PathOf(key), read);
        }

        ReportMissing(key, "a map");
        return ReadNothing(read, Place);
    }

    /// <summary>A map that may be left out; the type's default when it is.</summary>
    public T? OptionalSection<T>(string key, Func<MapReader, T> read, string about = "")
    {
        Declare(key, about, false, () => SchemaOf(read));
        return _map.Find(key) is { } entry ? Read(entry.Value, PathOf(key), read) : default;
    }

    /// <summary>A list of maps; null when it is left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="read">Reads an item.</param>
    /// <param name="about">Its meaning.</param>
    /// <param name="insteadOfNone">What is allowed instead of an empty list; null where one may be empty.</param>
    public Field<ImmutableArray<T>>? List<T>(string key, Func<MapReader, T> read, string about = "", string? insteadOfNone = null)
    {
        Declare(key, about, false, () => ListOf(SchemaOf(read), insteadOfNone));
        return Items(key, insteadOfNone) is not { } list
            ? null
            : new([.. list.Items.Select((item, i) => Read(item, $"{PathOf(key)}[{i}]", read))], list.Place);
    }

    /// <summary>A list of values; empty when it is left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="format">The format of a value.</param>
    /// <param name="readLongForm">Reads the value out of the map that may stand in its place.</param>
    public ImmutableArray<Field<T>> List<T>(string key, Format<T> format, Func<MapReader, Field<T>> readLongForm)
    {
        Declare(key, "", false, () => ListOf(format.Schema()));
        return Items(key) is not { } list
            ? []
            : [.. list.Items.Select((item, i) => (item, path: $"{PathOf(key)}[{i}]")).Select(value => value.item is SpecMap
                ? Read(value.item, value.path, readLongForm)
                : ReadValue(value.item, value.path, format, null))];
    }

    /// <summary>A list of values; empty when it is left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="format">The format of a value.</param>
    /// <param name="about">Its meaning.</param>
    /// <param name="insteadOfNone">What is allowed instead of an empty list; null where one may be empty.</param>
    public ImmutableArray<Field<T>> List<T>(string key, Format<T> format, string about = "", string? insteadOfNone = null)
    {
        Declare(key, about, false, () => ListOf(format.Schema(), insteadOfNone));
        return Items(key, insteadOfNone) is not { } list
            ? []
            : [.. list.Items.Select((item, i) => ReadValue(item, $"{PathOf(key)}[{i}]", format, null))];
    }

    /// <summary>A map of names to maps; empty when it is left out.</summary>
    public ImmutableSortedDictionary<string, T> Sections<T>(string key, Func<MapReader, T> read, string about = "")
    {
        Declare(key, about, false, () => new JObject { ["type"] = "object", ["additionalProperties"] = SchemaOf(read) });
        return _map.Find(key) is not { } entry
            ? ImmutableSortedDictionary<string, T>.Empty
            : Read(entry.Value, PathOf(key), names => names._map.Entries.ToImmutableSortedDictionary(
                name => name.Key,
                name => names.RequiredSection(name.Key, read),
                StringComparer.Ordinal));
    }

    /// <summary>A map of names to values; empty when it is left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="format">What a value may be.</param>
    /// <param name="nameFormat">What a name may be; null for anything.</param>
    public ImmutableSortedDictionary<string, T> Names<T>(string key, Format<T> format, Format<string>? nameFormat = null)
    {
        Declare(key, "", false, () => new JObject { ["type"] = "object", ["additionalProperties"] = format.Schema() });
        return _map.Find(key) is not { } entry
            ? ImmutableSortedDictionary<string, T>.Empty
            : Read(entry.Value, PathOf(key), names => names._map.Entries.ToImmutableSortedDictionary(
                name => name.Key,
                name => Value(names, name.Key),
                StringComparer.Ordinal));

        T Value(MapReader names, string name)
        {
            if (nameFormat is not null && !nameFormat.IsAllowed(name))
            {
                names.Mistake(name, $"{PathOf(key)} has the name \"{name}\"; allowed: {nameFormat.Allowed}.");
            }

            return names.Required(name, format).Value;
        }
    }

    /// <summary>A value of several forms, for a reader that tells them apart; null when it is left out.</summary>
    public SpecNode? Node(string key)
    {
        Declare(key, "", false, () => []);
        return _map.Find(key)?.Value;
    }

    /// <summary>Of these keys one is written, and no other; the reader says itself what it makes of none and of several.</summary>
    public void HasOneOf(params ReadOnlySpan<string> keys) => _alternatives = [.. keys];

    /// <summary>Keys that the reader does not declare belong to somebody else.</summary>
    public void LeavesOtherKeysAlone() => _leavesOtherKeysAlone = true;

    /// <summary>Keys that are known and have no meaning here.</summary>
    public void Ignored(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            Node(key);
        }
    }

    /// <summary>Keys that once meant something, or mean something in another place.</summary>
    /// <param name="instead">A clause that fits behind a colon: what to write instead.</param>
    /// <param name="keys">The keys.</param>
    public void Superseded(string instead, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Node(key) is not null)
            {
                Mistake(key, $"{PathOf(key)} is not taken: {instead}.");
            }
        }
    }

    /// <summary>Reads the YAML file that a value of this map names; null after a mistake that leaves nothing to read.</summary>
    public T? ReadYaml<T>(FilePath path, Func<MapReader, T> read)
        where T : class? =>
        new DocumentFile(path).ReadYaml(_mistakes) is { } document ? Read(document, "", _mistakes, read) : null;

    /// <summary>Reads the JSON file that a value of this map names; null after a mistake that leaves nothing to read.</summary>
    public T? ReadJson<T>(FilePath path, Func<MapReader, T?> read)
        where T : class =>
        new DocumentFile(path).ReadJson(_mistakes) is { } document ? Read(document, "", _mistakes, read) : null;

    /// <summary>Reads the YAML file that a value of this map names, whatever keys its map has; null after a mistake.</summary>
    public SpecMap? ReadYamlMap(FilePath path)
    {
        switch (new DocumentFile(path).ReadYaml(_mistakes))
        {
            case SpecMap map:
                return map;
            case { } other:
                Mistake(other.Place, $"The document is {other.Found}; allowed: a map.");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Whether a key is written.</summary>
    public bool Has(string key) => _map.Find(key) is not null;

    /// <summary>A mistake about this map's key.</summary>
    public void Mistake(string key, string message) => Mistake(KeyPlace(key), message);

    /// <summary>A mistake at a place.</summary>
    public void Mistake(Place place, string message) => _mistakes.Add(place, message);

    /// <summary>Each of the things that are read has a name of its own; who has one that was there before, is told of it.</summary>
    /// <param name="what">What they are, as <c>gate</c>.</param>
    /// <param name="named">Their names, in the order of the document, with the places that mistakes are told at.</param>
    public void HaveOwnNames(string what, IEnumerable<(string Name, Place Place)> named)
    {
        foreach (var same in named.GroupBy(one => one.Name))
        {
            foreach (var (name, place) in same.Skip(1))
            {
                Mistake(place, $"A {what} before it, in line {same.First().Place.Line}, is called \"{name}\"; allowed: a name of its own.");
            }
        }
    }

    /// <summary>Whether there are keys that were not declared so far: what seems to be missing may be one of them, misspelt.</summary>
    public bool HasUnknownKeys => UnknownEntries.Any();

    /// <summary>The path of a key from the document's root.</summary>
    public string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    /// <summary>Where a key is written; the map's place when it is not.</summary>
    public Place KeyPlace(string key) => _map.Find(key)?.Place ?? Place;

    private T Read<T>(SpecNode node, string path, Func<MapReader, T> read) => Read(node, path, _mistakes, read, _takesNulls);

    /// <summary>What a reader makes of a map that is not there. Not even a default in it is good: nobody has left it out.</summary>
    private static T ReadNothing<T>(Func<MapReader, T> read, Place place) =>
        read(new MapReader(SpecMap.Empty(place), "", new Mistakes(), isNothing: true));

    private static Field<T> Bad<T>(Place place) => new(default!, place, IsGood: false);

    private static string OrArgument<T>(Argument<T>? argument) => argument is null ? "" : $"; {argument.Name} works too";

    private void Declare(string key, string about, bool isRequired, Func<JObject> schema) =>
        _keys.Add(new KeyDeclaration(key, about, isRequired, schema));

    private Field<T>? Find<T>(string key, Format<T> format, Argument<T>? argument)
    {
        if (argument is { IsGiven: true })
        {
            if (format.IsAllowed(argument.Value))
            {
                return new Field<T>(argument.Value, argument.Place);
            }

            var written = argument.Value is TimeSpan time ? Duration.Format(time) : FormattableString.Invariant($"{argument.Value}");
            _mistakes.Add(argument.Place, $"The value is {written}; allowed: {format.Allowed}.");
            return Bad<T>(argument.Place);
        }

        return _map.Find(key) is { } entry ? ReadValue(entry.Value, PathOf(key), format, argument) : null;
    }

    private Field<T> ReadValue<T>(SpecNode node, string path, Format<T> format, Argument<T>? argument)
    {
        if (format.TryRead(node, out var value))
        {
            return new Field<T>(value, node.Place);
        }

        _mistakes.Add(node.Place, node is SpecScalar { IsPlaceholder: true }
            ? $"{path} is not filled in yet ({node.Found}); allowed: {format.Allowed}{OrArgument(argument)}."
            : $"{path} is {node.Found}; allowed: {format.Allowed}.");
        return Bad<T>(node.Place);
    }

    /// <summary>What is written as null is missing, too; but there is a place for it.</summary>
    private void ReportMissing(string key, string allowed)
    {
        var written = Null(key);
        _mayBeNull.Add(key);
        _mistakes.Add(written?.Place ?? Place, $"{PathOf(key)} is {written?.Value.Found ?? "missing"}; allowed: {allowed}.");
    }

    /// <summary>The entry of a key that is written as null; null when it is not.</summary>
    private SpecEntry? Null(string key) => _map.Entries.FirstOrDefault(entry => entry.Key == key && entry.Value is SpecScalar { IsNull: true });

    private void ReportNulls()
    {
        var keys = _takesNulls ? [] : _keys.Select(key => key.Name).Where(key => !_mayBeNull.Contains(key));
        foreach (var entry in keys.Select(Null).OfType<SpecEntry>())
        {
            _mistakes.Add(entry.Value.Place, $"{PathOf(entry.Key)} is null; allowed: a value, or to leave the key out.");
        }
    }

    private static JObject ListOf(JObject items, string? insteadOfNone = null)
    {
        var schema = new JObject { ["type"] = "array", ["items"] = items };
        if (insteadOfNone is not null)
        {
            schema["minItems"] = 1;
        }

        return schema;
    }

    private SpecList? Items(string key, string? insteadOfNone = null)
    {
        var entry = _map.Find(key);
        if (entry is { Value: not SpecList })
        {
            _mistakes.Add(entry.Value.Place, $"{PathOf(key)} is {entry.Value.Found}; allowed: a list.");
        }

        if (entry is { Value: SpecList { Items: [] } } && insteadOfNone is not null)
        {
            _mistakes.Add(entry.Place, $"{PathOf(key)} is empty; allowed: {insteadOfNone}.");
        }

        return entry?.Value as SpecList;
    }

    private IEnumerable<SpecEntry> UnknownEntries => _map.Entries.Where(entry => _keys.TrueForAll(key => key.Name != entry.Key));

    private void ReportUnknownKeys()
    {
        foreach (var entry in UnknownEntries)
        {
            var nearest = NearestName.Of(entry.Key, _keys.Select(key => key.Name));
            var hint = nearest is null ? $"known: {string.Join(", ", _keys.Select(key => key.Name).Distinct())}" : $"did you mean {PathOf(nearest)}?";
            _mistakes.Add(entry.Place, $"The key {PathOf(entry.Key)} is not known; {hint}{(nearest is null ? "." : "")}");
        }
    }

    private JObject Schema()
    {
        var properties = new JObject();
        foreach (var key in _keys)
        {
            var schema = new JObject { ["description"] = key.About };
            schema.Merge(key.Schema());
            properties[key.Name] = schema;
        }

        var required = _keys.Where(key => key.IsRequired).Select(key => key.Name).ToArray();
        var map = new JObject { ["type"] = "object", ["properties"] = properties };
        if (required.Length > 0)
        {
            map["required"] = new JArray(required);
        }

        if (!_alternatives.IsEmpty)
        {
            map["oneOf"] = new JArray(_alternatives.Select(key => new JObject { ["required"] = new JArray(key) }));
        }

        map["additionalProperties"] = false;
        return map;
    }
}
