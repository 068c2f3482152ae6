using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>
/// Reads a family of types by the member that tells them apart, wherever it stands in the object and however it is
/// cased, and writes that member in front. A word that nobody here knows becomes <typeparamref name="TUnknown"/>.
/// </summary>
/// <param name="discriminator">The member that tells the types apart.</param>
/// <param name="types">The types by the member's value.</param>
internal sealed class DiscriminatedConverter<TBase, TUnknown>(string discriminator, IReadOnlyDictionary<string, Type> types)
    : JsonConverter<TBase>
    where TBase : class
    where TUnknown : class, TBase
{
    private readonly Dictionary<string, Type> _types = new(types, StringComparer.OrdinalIgnoreCase);

    public override TBase? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var word = document.RootElement.TryGetProperty(discriminator, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()!
            : string.Empty;
        return (TBase?)document.RootElement.Deserialize(_types.GetValueOrDefault(word, typeof(TUnknown)), options);
    }

    public override void Write(Utf8JsonWriter writer, TBase value, JsonSerializerOptions options)
    {
        if (value.GetType() == typeof(TBase))
        {
            // Some of the official base types can be made. The official package sends them without the word, and the service refuses them.
            throw new NotSupportedException($"{typeof(TBase).Name} is no kind of its own: the service wants a '{discriminator}'. "
                + $"Send one of {string.Join(", ", _types.Values.Select(type => type.Name))}.");
        }

        var members = JsonSerializer.SerializeToNode(value, value.GetType(), options)!.AsObject();
        if (_types.FirstOrDefault(entry => entry.Value == value.GetType()).Key is { } word)
        {
            members.Insert(0, discriminator, JsonValue.Create(word));
        }

        members.WriteTo(writer, options);
    }
}
