using System.Xml;
using Newtonsoft.Json.Linq;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads a map key by key and writes down what it has read, for a reader elsewhere: names as they are declared, times in ISO 8601. Nothing
/// is made of the copy after a mistake, so what is wrong is left out of it.
/// </summary>
/// <param name="map">The map.</param>
internal sealed class MapCopy(MapReader map)
{
    /// <summary>What was read so far.</summary>
    public JObject Document { get; } = [];

    /// <summary>Copies a value that must be there.</summary>
    public MapCopy Required<T>(string key, Format<T> format, string about) => With(key, format, map.Required(key, format, about));

    /// <summary>Copies a value that may be left out.</summary>
    public MapCopy Optional<T>(string key, Format<T> format, string about) => With(key, format, map.Optional(key, format, about));

    /// <summary>Copies a map that may be left out.</summary>
    public MapCopy Section(string key, Func<MapReader, JObject> read, string about) => With(key, map.OptionalSection(key, read, about));

    /// <summary>Copies a list of maps that may be left out.</summary>
    public MapCopy List(string key, Func<MapReader, JObject> read, string about) =>
        With(key, map.List(key, read, about) is { } items ? new JArray(items.Value.ToArray<object>()) : null);

    private MapCopy With<T>(string key, Format<T> format, Field<T>? field) => With(key, field switch
    {
        null or { IsGood: false } => null,
        { Value: TimeSpan time } => XmlConvert.ToString(time),
        _ => format.Write(field.Value),
    });

    private MapCopy With(string key, JToken? value)
    {
        if (value is not null)
        {
            Document[key] = value;
        }

        return this;
    }
}
