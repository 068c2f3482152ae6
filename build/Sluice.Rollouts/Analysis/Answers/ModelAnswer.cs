using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rollouts.Analysis.Answers;

/// <summary>
/// A model's answer, taken apart into what must be equal and what may differ a little: labels (whole numbers, texts, true and false, and
/// the structure around them) and scores (numbers with a fraction or an exponent).
/// </summary>
/// <remarks>
/// Whether a number is a score is read off its text: Python writes a float as <c>1.0</c>, and an integer as <c>1</c>. JavaScript and
/// System.Text.Json write <c>1</c> for both, so that a whole number is a score, too, where it stands among the probabilities of classes.
/// </remarks>
public sealed record ModelAnswer
{
    private const int MostDepth = 32;

    /// <summary>How far the sum of an answer's probabilities may be from 1: models round them, often to four digits.</summary>
    private const double Rounding = 1e-3;

    // No text is written like it: texts have a prefix of their own.
    private const string ScoreMark = "score";
    private const string TextPrefix = "text ";

    private ModelAnswer(string text) => Skeleton = text;

    /// <summary>The answer with a mark in the place of each score, for comparing; of one that is no JSON, its text.</summary>
    public string Skeleton { get; private init; }

    /// <summary>The first label that stands there, as JSON; null when there is none.</summary>
    public string? Label { get; private init; }

    /// <summary>The scores, in the order in which they stand, but for members, which are ordered by name.</summary>
    public ImmutableArray<double> Scores { get; private init; } = [];

    /// <summary>The score that stands for the answer; null when there is none.</summary>
    public double? Score { get; private init; }

    /// <summary>Takes an answer apart. Never throws on what it holds.</summary>
    /// <param name="body">The body of a successful answer.</param>
    /// <param name="scoreField">
    /// The member that is the score; null for the first score that stands there. Of several in a row, and of the probabilities of classes,
    /// it is the last one.
    /// </param>
    public static ModelAnswer Read(string body, string? scoreField)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
            List<double> scores = [];
            var skeleton = Take(document.RootElement, scores);
            return new(skeleton?.ToJsonString() ?? "null")
            {
                Label = Labels(document.RootElement)
                    .Where(value => value.ValueKind != JsonValueKind.Null)
                    .Select(value => value.GetRawText())
                    .FirstOrDefault(),
                Scores = [.. scores],
                Score = ScoreOf(document.RootElement, scoreField),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, as NaN is none, or half of a surrogate pair in it: then it is a text.
            return new(body.Trim()) { Label = body.Trim() };
        }
    }

    /// <summary>Whether two answers are equal; null when they hold nothing that is compared.</summary>
    /// <param name="other">The other answer.</param>
    /// <param name="scoreTolerance">How far apart two scores may be; null when scores are not compared.</param>
    public bool? Agrees(ModelAnswer other, double? scoreTolerance)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (scoreTolerance is not { } tolerance)
        {
            return Label is null && other.Label is null ? null : Skeleton == other.Skeleton;
        }

        return Skeleton == other.Skeleton
            && Scores.Length == other.Scores.Length
            && Scores.Zip(other.Scores).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
    }

    /// <summary>
    /// Whether two labels, as JSON, are the same: numbers are compared as numbers, and texts as texts, however they are escaped.
    /// </summary>
    public static bool IsSameLabel(string one, string other) => one == other
        || (double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            && first.Equals(second))
        || (TextOf(one) is { } text && text == TextOf(other));

    private static string? TextOf(string label)
    {
        try
        {
            using var document = JsonDocument.Parse(label);
            return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The element with a mark in the place of each score.</summary>
    private static JsonNode? Take(JsonElement element, List<double> scores)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                // The order of members is no part of an answer.
                return new JsonObject(element.EnumerateObject()
                    .OrderBy(member => member.Name, StringComparer.Ordinal)
                    .DistinctBy(member => member.Name)
                    .Select(member => KeyValuePair.Create(member.Name, Take(member.Value, scores)))
                    .ToArray());
            case JsonValueKind.Array when IsProbabilities(element):
                scores.AddRange(element.EnumerateArray().Select(item => item.GetDouble()));
                return new JsonArray([.. element.EnumerateArray().Select(_ => JsonValue.Create(ScoreMark))]);
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(item => Take(item, scores))]);
            case JsonValueKind.Number when IsScore(element):
                scores.Add(element.GetDouble());
                return ScoreMark;
            case JsonValueKind.String:
                return TextPrefix + element.GetString();
            case JsonValueKind.Null:
                return null;
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }

    /// <summary>The score that stands for the answer: the first one, or the last one of its row where rows have several, as those of classes have.</summary>
    private static double? ScoreOf(JsonElement answer, string? scoreField)
    {
        var rows = scoreField is null
            ? Rows(answer, isInList: false)
            : Members(answer).Where(member => member.Name == scoreField).SelectMany(member => Rows(member.Value, isInList: true));
        return rows.FirstOrDefault(row => row.Length > 0)?[^1];
    }

    /// <summary>
    /// The scores that stand together: the probabilities of classes, those of a list within a list, or of a member that was asked for, and
    /// each other one alone.
    /// </summary>
    private static IEnumerable<double[]> Rows(JsonElement element, bool isInList) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Rows(member.Value, isInList: false)),
        JsonValueKind.Array when IsProbabilities(element) || (isInList && element.EnumerateArray().All(IsScore)) =>
            [[.. element.EnumerateArray().Select(score => score.GetDouble())]],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Rows(item, isInList: true)),
        _ => IsScore(element) ? [[element.GetDouble()]] : [],
    };

    private static IEnumerable<JsonProperty> Members(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Members(member.Value).Prepend(member)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Members),
        _ => [],
    };

    /// <summary>All that is neither a list nor an object nor a score, in the order in which it stands.</summary>
    private static IEnumerable<JsonElement> Labels(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Labels(member.Value)),
        JsonValueKind.Array => IsProbabilities(element) ? [] : element.EnumerateArray().SelectMany(Labels),
        _ => IsScore(element) ? [] : [element],
    };

    /// <summary>
    /// Whether a list is the probabilities of classes: two numbers or more, none of them negative, that make 1. One of them has a fraction
    /// or an exponent, for labels may make 1 as well.
    /// </summary>
    private static bool IsProbabilities(JsonElement list)
    {
        var (count, sum, hasScore) = (0, 0.0, false);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out var number) || !(number >= 0))
            {
                return false;
            }

            (count, sum, hasScore) = (count + 1, sum + number, hasScore || IsScore(item));
        }

        return count > 1 && hasScore && Math.Abs(sum - 1) <= Rounding;
    }

    private static bool IsScore(JsonElement element) => element.ValueKind == JsonValueKind.Number
        && element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')
        && element.TryGetDouble(out var score)
        && double.IsFinite(score);
}
