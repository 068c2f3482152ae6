using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Reporting;

/// <summary>Rollouts in memory, and the reports of their journals as those were written and read back.</summary>
internal static class ReportedRollouts
{
    /// <summary>One with every gate that makes a curve; the callers' requests are known too.</summary>
    public static readonly RolloutSpec Gated = Specs.First.With(strategy => strategy with
    {
        Settle = TimeSpan.FromMinutes(1),
        Gates =
        [
            new ErrorsRule("errors") { MinimumRequests = 10 },
            new ErrorsRule("replay") { Source = EvidenceSource.Replay, MinimumRequests = 10 },
            new AgreementRule("agreement") { AtLeast = 0.1, MinimumPairs = 20 },
            new DriftRule("drift") { MinimumPairs = 20, ObserveOnly = true },
            new LatencyRule("latency") { Source = EvidenceSource.Replay, Objective = TimeSpan.FromSeconds(1) },
        ],
    });

    /// <summary>A rehearsal of it, whose versions disagree on every third row.</summary>
    public static Rehearsal Rehearse(RolloutSpec? spec = null)
    {
        var rehearsal = new Rehearsal(spec ?? Gated)
        {
            Scoring =
            {
                Bodies = (deployment, body) => $$"""[{"label": {{(deployment == "green-2" && body.Contains('2') ? 0 : 1)}}, "score": 0.25}]""",
                Latencies = (_, request) => TimeSpan.FromMilliseconds(3 + (request % 7)),
            },
        };
        rehearsal.Telemetry.Minutes = minute =>
        [
            InMemoryTelemetry.Minute(minute, "default", 100 - rehearsal.Traffic["green-2"], 0),
            InMemoryTelemetry.Minute(minute, "green-2", rehearsal.Traffic["green-2"], 0),
        ];
        return rehearsal;
    }

    /// <summary>A rollout of it that went live.</summary>
    public static async Task<Rehearsal> LiveAsync()
    {
        var rehearsal = Rehearse();
        var result = await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        return rehearsal;
    }

    /// <summary>The journal of all runs, as the workspace keeps it.</summary>
    public static JournalReading Journal(this Rehearsal rehearsal) => JournalFormat.Read(rehearsal.Store!.Content);

    /// <summary>The report of the latest rollout.</summary>
    public static RolloutReport Report(this Rehearsal rehearsal)
    {
        var journal = rehearsal.Journal();
        return RolloutReport.Of(journal.Of(journal.Rollouts[^1]));
    }
}
