using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>Data whose shape only the service knows is JSON as it stands, as in the official package, and not base64.</summary>
internal sealed class BinaryDataConverter : JsonConverter<BinaryData>
{
    public override BinaryData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return BinaryData.FromString(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, BinaryData value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToMemory().Span);
}
