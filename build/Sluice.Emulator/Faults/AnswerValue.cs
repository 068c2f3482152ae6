using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Faults;

/// <summary>
/// Labels and scores in what a row is answered. A label is a whole number or a truth value; a score is a number from 0 to 1 that is written
/// with a fraction, as Python writes floats. Texts, and numbers that are neither, stay as they are.
/// </summary>
internal static class AnswerValue
{
    /// <summary>How far the probabilities of all classes may be from 1 together: they come as 32-bit floats.</summary>
    private const double Rounding = 1e-3;

    /// <summary>Another label, and the score that goes with it; of the probabilities of all classes, each one its neighbour's.</summary>
    public static JsonNode? Wrong(JsonNode? value) => value switch
    {
        JsonArray list when Probabilities(list) is { } all => Written([.. all.Skip(1), all[0]]),
        JsonArray or JsonObject => Each(value, Wrong),
        _ when LabelOf(value) is { } label => Written(label switch { 0 => 1, > 0 => label - 1, _ => -label }),
        _ when ScoreOf(value) is { } score => Written(1 - score),
        _ when value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False => Parsed(value.GetValue<bool>() ? "false" : "true"),
        _ => value,
    };

    /// <summary>
    /// The score shifted, within 0 and 1; of the probabilities of all classes, the last one's, and the others in proportion. Exactly 0 and 1 are
    /// taken for labels, which many models write as floats.
    /// </summary>
    public static JsonNode? Shifted(JsonNode? value, double by) => value switch
    {
        JsonArray list when Probabilities(list) is { } all && all[^1] is > 0 and < 1 => Written(WithLast(all, Math.Clamp(all[^1] + by, 0, 1))),
        JsonArray or JsonObject => Each(value, inner => Shifted(inner, by)),
        _ when ScoreOf(value) is { } score and > 0 and < 1 => Written(Math.Clamp(score + by, 0, 1)),
        _ => value,
    };

    private static JsonNode Each(JsonNode value, Func<JsonNode?, JsonNode?> change)
    {
        if (value is JsonArray list)
        {
            return new JsonArray([.. list.Select(item => change(item?.DeepClone()))]);
        }

        var named = new JsonObject();
        foreach (var (name, member) in value.AsObject())
        {
            named[name] = change(member?.DeepClone());
        }

        return named;
    }

    private static long? LabelOf(JsonNode? value) =>
        Number(value) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var label)
            ? label
            : null;

    private static double? ScoreOf(JsonNode? value) =>
        Number(value) is { } text
        && text.AsSpan().ContainsAny(".eE")
        && double.Parse(text, CultureInfo.InvariantCulture) is var score and >= 0 and <= 1
            ? score
            : null;

    private static string? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<JsonElement>().GetRawText() : null;

    /// <summary>The probabilities of all classes; null when the list is something else.</summary>
    private static List<double>? Probabilities(JsonArray list)
    {
        var scores = list.Select(ScoreOf).OfType<double>().ToList();
        return scores.Count == list.Count && scores.Count > 1 && Math.Abs(scores.Sum() - 1) <= Rounding ? scores : null;
    }

    private static IEnumerable<double> WithLast(List<double> all, double last)
    {
        var factor = (1 - last) / (1 - all[^1]);
        return all.SkipLast(1).Select(score => score * factor).Append(last);
    }

    private static JsonArray Written(IEnumerable<double> scores) => new([.. scores.Select(Written)]);

    private static JsonNode? Written(long label) => Parsed(label.ToString(CultureInfo.InvariantCulture));

    private static JsonNode? Written(double score)
    {
        Span<byte> text = stackalloc byte[PythonFloat.MaxLength];
        return Parsed(Encoding.ASCII.GetString(text[..PythonFloat.Format(score, text)]));
    }

    // A value that was parsed keeps its text, so that all leaves of an answer are written alike.
    private static JsonNode? Parsed(string json) => JsonNode.Parse(json);
}
