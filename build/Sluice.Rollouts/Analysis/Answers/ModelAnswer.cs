using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Analysis.Answers;

/// <summary>
/// A model's answer, taken apart into what must be equal and what may differ a little: labels (whole numbers, texts, true and false, and
/// the structure around them) and scores (numbers with a fraction or an exponent).
/// </summary>
public sealed record ModelAnswer
{
    private ModelAnswer(string text) => Skeleton = text;

    /// <summary>The answer with a mark in the place of each score, for comparing; of one that is no JSON, its text.</summary>
    public string Skeleton { get; private init; }

    /// <summary>The label that stands for the answer, as JSON; null when there is none.</summary>
    public string? Label { get; private init; }

    /// <summary>The scores, in the order in which they stand, but for members, which are ordered by name.</summary>
    public ImmutableArray<double> Scores { get; private init; } = [];

    /// <summary>The score that stands for the answer; null when there is none.</summary>
    public double? Score { get; private init; }

    /// <summary>Takes an answer apart. Never throws on what it holds.</summary>
    /// <param name="body">
    /// The body of a successful answer. A text that holds a list or an object as JSON, which scoring scripts answer that write JSON themselves,
    /// is taken apart like that list or object, and is yet another answer than it.
    /// </param>
    /// <param name="replay">Which members are its label and its score, and which are no part of it.</param>
    public static ModelAnswer Read(string body, ReplaySpec replay)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(replay);
        try
        {
            using var document = AnswerReader.Parse(body);
            using var inText = AnswerReader.InText(document.RootElement);
            var root = (inText ?? document).RootElement;
            var reader = new AnswerReader(replay);
            var (skeleton, scores) = reader.Take(root);
            return new(inText is null ? skeleton : AnswerReader.TextPrefix + skeleton)
            {
                Label = reader.LabelOf(root),
                Scores = scores,
                Score = reader.ScoreOf(root),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, or half of a surrogate pair in it: then it is a text.
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
}
