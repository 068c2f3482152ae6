using System.Globalization;
using System.Text.Json;

namespace HeartClassifier.Trainer.Data;

/// <summary>Writes rows as a pandas data frame in JSON, orient <c>split</c>: <c>{"columns": [...], "data": [[...], ...]}</c>.</summary>
internal static class SplitFrame
{
    private static readonly string Columns =
        $"[{string.Join(", ", HeartSchema.Inputs.Select(column => JsonSerializer.Serialize(column.Name)))}]";

    /// <summary>The frame on one line.</summary>
    public static string OnOneLine(IReadOnlyList<HeartRow> rows) =>
        $$"""{"columns": {{Columns}}, "data": [{{string.Join(", ", rows.Select(ToJson))}}]}""";

    /// <summary>The frame with a line for each row.</summary>
    public static string OnLines(IReadOnlyList<HeartRow> rows) =>
        $$"""
        {
          "columns": {{Columns}},
          "data": [
            {{string.Join(",\n    ", rows.Select(ToJson))}}
          ]
        }

        """;

    /// <summary>The frame with a line for each row, and the rows' labels beside it: <c>"labels": [0, 1, ...]</c>.</summary>
    public static string OnLinesWithLabels(IReadOnlyList<HeartRow> rows) =>
        $$"""
        {
          "columns": {{Columns}},
          "data": [
            {{string.Join(",\n    ", rows.Select(ToJson))}}
          ],
          "labels": [{{string.Join(", ", rows.Select(row => row.Target ? 1 : 0))}}]
        }

        """;

    private static string ToJson(HeartRow row) => $"[{string.Join(", ", row.InputValues().Select(ToJson))}]";

    private static string ToJson(object value) => value switch
    {
        // A fraction always shows its point: a reader that guesses types must not take 2.0 for an integer.
        float number => number.ToString("0.0#####", CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };
}
