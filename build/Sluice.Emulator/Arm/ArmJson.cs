using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Emulator.Arm;

/// <summary>JSON on the ARM wire.</summary>
internal static class ArmJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a document; those of no document are <c>null</c>, as the service writes it.</summary>
    public static byte[] Write(JsonNode? document)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            if (document is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                document.WriteTo(writer);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A copy of a kept value that can be put into a document.</summary>
    public static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element),
    };

    /// <summary>A copy of a kept object.</summary>
    public static JsonObject Object(JsonElement element) => JsonObject.Create(element) ?? [];

    /// <summary>A document in a form that lasts and that many can read at once.</summary>
    public static JsonElement Keep(JsonObject document) => JsonElement.Parse(Write(document));

    /// <summary>An empty object that lasts.</summary>
    public static JsonElement Empty { get; } = Keep([]);
}
