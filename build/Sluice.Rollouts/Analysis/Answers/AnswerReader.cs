using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Analysis.Answers;

/// <summary>Finds labels and scores in an answer.</summary>
/// <remarks>
/// Whether a number is a score is read off its text: Python writes a float as <c>1.0</c>, and an integer as <c>1</c>. JavaScript and
/// System.Text.Json write <c>1</c> for both, so that a whole number is a score, too, where it stands among the probabilities of classes. NaN
/// and infinities, which Python writes though JSON has no word for them, are neither: they stand for themselves, and no distance from
/// them means anything.
/// </remarks>
/// <param name="replay">Which members are an answer's label and its score, and which are no part of it.</param>
internal sealed partial class AnswerReader(ReplaySpec replay)
{
    /// <summary>What the skeleton of a text begins with.</summary>
    public const string TextPrefix = "text ";

    private const int MostDepth = 32;

    /// <summary>How far the sum of an answer's probabilities may be from 1, whatever their digits.</summary>
    private const double Rounding = 1e-3;

    /// <summary>With fewer digits than these every other list of scores might be one of classes.</summary>
    private const int LeastDigits = 2;

    // No text is written like it: texts have a prefix of their own.
    private const string ScoreMark = "score";

    // Of the characters that belong to nobody.
    private const char NotFinite = '\uE000';

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MostDepth };

    /// <summary>Parses an answer as JSON, or as what Python takes for it.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonDocument Parse(string text) => JsonDocument.Parse(
        text.Contains("NaN", StringComparison.Ordinal) || text.Contains("Infinity", StringComparison.Ordinal)
            ? TextOrNotFinite().Replace(text, found => found.Value[0] == '"' ? found.Value : $"\"{NotFinite}{found.Value}\"")
            : text,
        Options);

    /// <summary>The list or the object that a text holds as JSON; null when it holds none.</summary>
    public static JsonDocument? InText(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String || element.GetString()!.TrimStart() is not ['[' or '{', ..] text)
        {
            return null;
        }

        try
        {
            return Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The answer with a mark in the place of each score, and those scores.</summary>
    public (string Skeleton, ImmutableArray<double> Scores) Take(JsonElement answer)
    {
        var scores = ImmutableArray.CreateBuilder<double>();
        return (Take(answer, scores)?.ToJsonString() ?? "null", scores.ToImmutable());
    }

    /// <summary>The label that stands for the answer, as JSON: the first one, or that of its member; null when there is none.</summary>
    public string? LabelOf(JsonElement answer) =>
        (replay.LabelField is { } field ? Named(answer, field).SelectMany(Labels) : Labels(answer))
        .Where(value => value.ValueKind != JsonValueKind.Null)
        .OrderBy(IsNotFinite)
        .Select(value => IsNotFinite(value) ? value.GetString()![1..] : value.GetRawText())
        .FirstOrDefault();

    /// <summary>
    /// The score that stands for the answer: the first one, or that of its member; the last one of its row where rows have several, as those of
    /// classes have.
    /// </summary>
    public double? ScoreOf(JsonElement answer)
    {
        var rows = replay.ScoreField is { } field
            ? Named(answer, field).SelectMany(value => Rows(value, isInList: true))
            : Rows(answer, isInList: false);
        return rows.FirstOrDefault(row => row.Length > 0)?[^1];
    }

    /// <summary>The element with a mark in the place of each score.</summary>
    private JsonNode? Take(JsonElement element, ImmutableArray<double>.Builder scores)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                // The order of members is no part of an answer.
                return new JsonObject(MembersOf(element)
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
                return IsNotFinite(element) ? element.GetString() : TextPrefix + element.GetString();
            case JsonValueKind.Null:
                return null;
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }

    /// <summary>
    /// The scores that stand together: the probabilities of classes, those of a list within a list, or of a member that was asked for, and
    /// each other one alone.
    /// </summary>
    private IEnumerable<double[]> Rows(JsonElement element, bool isInList) => element.ValueKind switch
    {
        JsonValueKind.Object => MembersOf(element).SelectMany(member => Rows(member.Value, isInList: false)),
        JsonValueKind.Array when IsProbabilities(element) || (isInList && element.EnumerateArray().All(IsScore)) =>
            [[.. element.EnumerateArray().Select(score => score.GetDouble())]],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Rows(item, isInList: true)),
        _ => IsScore(element) ? [[element.GetDouble()]] : [],
    };

    /// <summary>The values of all members of a name.</summary>
    private IEnumerable<JsonElement> Named(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => MembersOf(element)
            .SelectMany(member => member.Name == name ? Named(member.Value, name).Prepend(member.Value) : Named(member.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Named(item, name)),
        _ => [],
    };

    /// <summary>All that is neither a list nor an object nor a score, in the order in which it stands.</summary>
    private IEnumerable<JsonElement> Labels(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => MembersOf(element).SelectMany(member => Labels(member.Value)),
        JsonValueKind.Array => IsProbabilities(element) ? [] : element.EnumerateArray().SelectMany(Labels),
        _ => IsScore(element) ? [] : [element],
    };

    private IEnumerable<JsonProperty> MembersOf(JsonElement element) =>
        element.EnumerateObject().Where(member => !replay.Ignore.Contains(member.Name));

    /// <summary>
    /// Whether a list is the probabilities of classes: two numbers or more, none of them negative, that make 1, but for what rounding each of them
    /// takes or adds. One of them has a fraction or an exponent, for labels may make 1 as well.
    /// </summary>
    private static bool IsProbabilities(JsonElement list)
    {
        var (count, sum, digits, hasScore) = (0, 0.0, 0, false);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out var number) || !(number >= 0))
            {
                return false;
            }

            (count, sum, digits, hasScore) = (count + 1, sum + number, Math.Max(digits, DigitsOf(item)), hasScore || IsScore(item));
        }

        var rounding = digits >= LeastDigits ? Math.Max(Rounding, count * 0.5 * Math.Pow(10, -digits)) : Rounding;
        return count > 1 && hasScore && Math.Abs(sum - 1) <= rounding * (1 + 1e-9);
    }

    /// <summary>The digits behind a number's point, as it is written.</summary>
    private static int DigitsOf(JsonElement number)
    {
        var text = number.GetRawText().AsSpan();
        var (end, exponent) = (text.Length, 0);
        if (text.IndexOfAny('e', 'E') is >= 0 and var at)
        {
            end = at;
            _ = int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        }

        var point = text[..end].IndexOf('.');
        return (point < 0 ? 0 : end - point - 1) - exponent;
    }

    private static bool IsScore(JsonElement element) => element.ValueKind == JsonValueKind.Number
        && element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')
        && element.TryGetDouble(out var score)
        && double.IsFinite(score);

    private static bool IsNotFinite(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is [NotFinite, ..];

    /// <summary>A text, to its end even where it has no end quote; or a word that JSON does not have.</summary>
    [GeneratedRegex("""
        "(?:[^"\\]|\\[\s\S])*"?|-?Infinity|NaN
        """)]
    private static partial Regex TextOrNotFinite();
}
