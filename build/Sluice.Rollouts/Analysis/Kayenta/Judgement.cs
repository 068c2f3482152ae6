using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>What the judge says of the canary.</summary>
/// <param name="Score">0 to 100, rounded to two digits.</param>
/// <param name="Class">What the score means.</param>
/// <param name="Reason">How the score came about, as a sentence with numbers.</param>
/// <param name="HasData">Whether more than half of the metrics had values in both arms.</param>
/// <param name="EndsRun">Whether a run of several judgements stops here, because the score is not above the marginal one.</param>
/// <param name="Groups">The groups, by name.</param>
/// <param name="Metrics">The metrics, in the order in which they were given.</param>
public sealed record Judgement(
    double Score,
    ScoreClass Class,
    string Reason,
    bool HasData,
    bool EndsRun,
    ImmutableArray<GroupScore> Groups,
    ImmutableArray<MetricResult> Metrics)
{
    /// <summary>
    /// The verdict of a gate that consists of this judgement alone: a marginal score is for a person to decide, one without data is none.
    /// </summary>
    public Verdict ToVerdict() => new(
        (HasData, Class) switch
        {
            (false, _) => VerdictKind.NoData,
            (_, ScoreClass.Pass) => VerdictKind.Pass,
            (_, ScoreClass.Marginal) => VerdictKind.Inconclusive,
            _ => VerdictKind.Fail,
        },
        Reason);
}
