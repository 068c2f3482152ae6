using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>How the answers of two deployments to the same row are compared.</summary>
/// <param name="ScoreTolerance">
/// How far apart two scores (numbers with a fraction) may be and still count as equal, 0 or more; null when scores are not compared.
/// </param>
/// <param name="ScoreField">The member of an answer that is its score; null for the first number with a fraction.</param>
public sealed record ReplaySpec(double? ScoreTolerance, string? ScoreField)
{
    /// <summary>The member of an answer that is its label; null for the first value that is no score.</summary>
    public string? LabelField { get; init; }

    /// <summary>Members, at any depth of an answer, that are no part of it.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];

    /// <summary>Labels are compared, scores are not.</summary>
    public static ReplaySpec Default { get; } = new(null, null);
}
