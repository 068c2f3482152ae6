using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The one closed set among the wire's words. A tier without a name here reads as none.</summary>
internal sealed class SkuTierConverter : JsonConverter<MachineLearningSkuTier?>
{
    public override MachineLearningSkuTier? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && Enum.TryParse<MachineLearningSkuTier>(reader.GetString(), ignoreCase: true, out var tier)
            ? tier
            : null;

    public override void Write(Utf8JsonWriter writer, MachineLearningSkuTier? value, JsonSerializerOptions options)
    {
        if (value is { } tier)
        {
            writer.WriteStringValue(tier.ToString());
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
