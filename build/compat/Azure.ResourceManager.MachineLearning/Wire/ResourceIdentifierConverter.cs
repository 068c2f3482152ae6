using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>ARM ids. They are parsed when a part is asked for, so one of another shape is no error here.</summary>
internal sealed class ResourceIdentifierConverter : JsonConverter<ResourceIdentifier>
{
    public override ResourceIdentifier Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ResourceIdentifier value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
