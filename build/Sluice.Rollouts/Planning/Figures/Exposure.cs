using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Figures;

/// <summary>What a weight brings when it is held for a time.</summary>
/// <param name="Time">The time.</param>
/// <param name="Looks">The looks in it, at least 1.</param>
/// <param name="Probes">The rows that they send to the candidate.</param>
/// <param name="Pairs">Those of them that the stable deployment is sent, too.</param>
/// <param name="CandidateShare">The candidate's share of all requests that callers cause, copies included, 0 to 1.</param>
/// <param name="WholeMinutes">
/// The minutes that gates on traffic see when the time is over: those that have settled and been read a second time, without the one in which the
/// weight was written.
/// </param>
public sealed record Exposure(TimeSpan Time, int Looks, long Probes, long Pairs, double CandidateShare, int WholeMinutes)
{
    /// <summary>The minute in which the weight is written, and the newest one, which is read once by then.</summary>
    private const int MinutesThatDoNotCount = 2;

    /// <summary>The callers' requests that the candidate answers, copies of them included; null when their rate is not known.</summary>
    public double? CandidateRequests { get; private init; }

    /// <summary>The callers' requests that the stable deployment answers; null when their rate is not known.</summary>
    public double? StableRequests { get; private init; }

    /// <summary>Those of <see cref="CandidateRequests"/> in <see cref="WholeMinutes"/>; null when their rate is not known.</summary>
    public double? SettledRequests { get; private init; }

    /// <summary>What a step brings.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="step">The step; null for the final bake.</param>
    /// <param name="time">How long it is held, zero or more.</param>
    public static Exposure Of(StrategySpec strategy, Step? step, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);

        // One at the beginning, one at the end, and so many in between.
        var looks = (int)Math.Min(int.MaxValue, Math.Ceiling(time / strategy.Gate.LookInterval) + 1);
        var probes = (long)looks * strategy.Gate.ProbesPerLook;
        var isPaired = strategy.GatesOf(step).Any(gate => gate.NeedsPairs);

        // A copy is answered by the candidate on top of the stable deployment's answer, a live request instead of it.
        var (candidate, stable) = step switch
        {
            null => (1.0, 0.0),
            { Mirror: > 0 } => (step.Mirror / 100.0, 1.0),
            _ => (step.Weight / 100.0, (100 - step.Weight) / 100.0),
        };
        var minutes = Math.Max(0, (int)Math.Floor((time - strategy.Settle) / TimeSpan.FromMinutes(1)) - MinutesThatDoNotCount);
        var rate = strategy.Traffic?.RequestsPerMinute;
        return new(time, looks, probes, isPaired ? probes : 0, candidate / (candidate + stable), minutes)
        {
            CandidateRequests = rate * candidate * time.TotalMinutes,
            StableRequests = rate * stable * time.TotalMinutes,
            SettledRequests = rate * candidate * minutes,
        };
    }
}
