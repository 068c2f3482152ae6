using System.Text.Json;
using HeartClassifier.Trainer.Data;

namespace Sluice.Tests.Models;

/// <summary>Reads data frames in orient <c>split</c>, as the requests and examples have them.</summary>
internal static class FrameRows
{
    /// <summary>The names of the columns.</summary>
    public static IEnumerable<string> Columns(JsonElement frame) =>
        frame.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!);

    /// <summary>The rows' values.</summary>
    public static IReadOnlyList<JsonElement[]> Rows(JsonElement frame) =>
        [.. frame.GetProperty("data").EnumerateArray().Select(row => row.EnumerateArray().ToArray())];

    /// <summary>The rows, for scoring; the columns must be in the order of the signature.</summary>
    public static IReadOnlyList<HeartRow> ToHeartRows(JsonElement frame) =>
        [.. Rows(frame).Select(values => new HeartRow
        {
            Numbers = [.. values[..^1].Select(value => value.GetSingle())],
            Thal = values[^1].GetString()!,
        })];
}
