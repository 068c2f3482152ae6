using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Gates;

/// <summary>Rows whose right answers are known.</summary>
/// <param name="Path">The file that they came from, for messages.</param>
/// <param name="Rows">The bodies, one row each.</param>
/// <param name="Labels">The right label of each row, as JSON: a number, a text, true or false.</param>
public sealed record LabelledSample(string Path, ImmutableArray<string> Rows, ImmutableArray<string> Labels)
{
    /// <summary>The label, of two, that a high score stands for, as JSON; null for the last one in order.</summary>
    public string? Positive { get; init; }
}
