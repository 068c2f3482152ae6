using Newtonsoft.Json;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>
/// Writes nodes that were read from JSON as JSON again: without comments and white space, numbers digit by digit as they were.
/// </summary>
internal static class JsonText
{
    /// <summary>The text of a node.</summary>
    public static string Of(SpecNode node)
    {
        using var text = new StringWriter();
        using (var writer = new JsonTextWriter(text))
        {
            Write(writer, node);
        }

        return text.ToString();
    }

    private static void Write(JsonTextWriter writer, SpecNode node)
    {
        switch (node)
        {
            case SpecMap map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case SpecList list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case SpecScalar { Types: ScalarTypes.Text } scalar:
                writer.WriteValue(scalar.Text);
                break;
            case SpecScalar scalar:
                writer.WriteRawValue(scalar.Text);
                break;
        }
    }
}
