using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>How scores are made of metrics, and what they mean.</summary>
/// <param name="PassScore">The least score that passes, 0 to 100.</param>
/// <param name="MarginalScore">The least score that is marginal, 0 to <paramref name="PassScore"/>.</param>
public sealed record CanaryJudgeSettings(double PassScore, double MarginalScore)
{
    /// <summary>
    /// The weights of groups in percent, 0 to 100, at most 100 together; the groups that are not named share the rest equally.
    /// </summary>
    public ImmutableDictionary<string, double> GroupWeights { get; init; } = ImmutableDictionary<string, double>.Empty;
}
