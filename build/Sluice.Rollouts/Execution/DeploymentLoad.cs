using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Execution;

/// <summary>The requests that a deployment had of late.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="From">The start of the time that they cover.</param>
/// <param name="To">Its end.</param>
/// <param name="Requests">The requests, at least 1.</param>
/// <param name="Errors">Those of them that were not answered with success.</param>
/// <param name="MedianMilliseconds">Their median latency; null when it is not known.</param>
/// <param name="P95Milliseconds">The latency that 95 % of them stayed below; null when it is not known.</param>
public sealed record DeploymentLoad(
    string Deployment,
    LoadSource Source,
    DateTimeOffset From,
    DateTimeOffset To,
    long Requests,
    long Errors,
    double? MedianMilliseconds,
    double? P95Milliseconds)
{
    /// <summary>Whether copies of other deployments' requests are among them: it had mirrored traffic in that time.</summary>
    public bool IncludesMirrored { get; init; }

    /// <summary>What callers met. Quantiles of minutes can't be put together, so theirs are means, by the minutes' requests.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="minutes">Its minutes with requests of callers.</param>
    /// <param name="from">The start of the first minute that was asked for.</param>
    /// <param name="to">The end of the last one.</param>
    /// <returns>Null when it had no request.</returns>
    public static DeploymentLoad? OfTelemetry(string deployment, ImmutableArray<TrafficMinute> minutes, DateTimeOffset from, DateTimeOffset to) =>
        minutes.IsEmpty
            ? null
            : new(
                deployment,
                LoadSource.Telemetry,
                from,
                to,
                minutes.Sum(minute => minute.Requests),
                minutes.Sum(minute => minute.Errors),
                Mean(minutes, 50),
                Mean(minutes, 95));

    /// <summary>What the rollout's looks were answered under the present traffic.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="history">The rollout's history.</param>
    /// <returns>Null when it was sent nothing.</returns>
    public static DeploymentLoad? OfLooks(string deployment, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        ProbesAnswered[] probes =
            [.. history.OfStep.OfType<ProbesAnswered>().Where(look => look.Tally.Sent > 0 && look.Deployment == deployment)];
        PairsAnswered[] pairs =
        [
            .. history.OfStep.OfType<PairsAnswered>()
                .Where(look => look.Tally.Sent > 0 && (look.Stable == deployment || look.Candidate == deployment)),
        ];

        // The candidate's half of a pair is among its probes; the stable deployment has no others.
        var (sent, failed) = probes.Length > 0
            ? (probes.Sum(look => (long)look.Tally.Sent), probes.Sum(look => (long)look.Tally.Failed))
            : (pairs.Sum(look => (long)look.Tally.Sent), pairs.Sum(look => (long)FailedOf(look.Tally, look.Stable == deployment)));
        DateTimeOffset[] times = [.. probes.Select(look => look.Time), .. pairs.Select(look => look.Time)];
        double[] latencies =
        [
            .. pairs.SelectMany(look => look.Stable == deployment ? look.Tally.StableMilliseconds : look.Tally.CandidateMilliseconds),
        ];
        return sent == 0
            ? null
            : new(deployment, LoadSource.Looks, times.Min(), times.Max(), sent, failed, Quantile(latencies, 50), Quantile(latencies, 95));
    }

    private static int FailedOf(PairTally tally, bool isStable) =>
        tally.BothFailed + (isStable ? tally.OnlyStableFailed : tally.OnlyCandidateFailed);

    private static double? Mean(ImmutableArray<TrafficMinute> minutes, int percent)
    {
        TrafficMinute[] known = [.. minutes.Where(minute => minute.LatencyMilliseconds.ContainsKey(percent))];
        return known.Length == 0
            ? null
            : known.Sum(minute => minute.LatencyMilliseconds[percent] * minute.Requests) / known.Sum(minute => minute.Requests);
    }

    private static double? Quantile(double[] sample, int percent) => sample.Length == 0 ? null : NearestRank.Of(sample, percent);
}
