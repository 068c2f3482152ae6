using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
using Sluice.Rollouts.Analysis.Measurements;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>What a look has to gather, by the gates that are asked and by what has been gathered before.</summary>
internal static class Looks
{
    /// <summary>Rows that are compared before the start; more would only make people wait.</summary>
    public const int MostBeforeStart = 500;

    /// <summary>
    /// The time before the candidate's first traffic of which the callers' requests are read too: what the stable deployment did then is what a
    /// candidate with all traffic is held against, and with all traffic at once there is nothing else.
    /// </summary>
    public static readonly TimeSpan BeforeShift = TimeSpan.FromHours(1);

    /// <summary>The look at a candidate that has traffic, live or mirrored.</summary>
    /// <param name="situation">The situation.</param>
    /// <param name="stable">The stable deployment.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="gates">The gates that are asked.</param>
    public static TakeLook At(Situation situation, string stable, string candidate, IEnumerable<GateRule> gates)
    {
        ImmutableArray<GateRule> asked = [.. gates];
        var minutes = asked.Any(gate => gate.NeedsTraffic) ? MinutesDue(situation, candidate) : null;
        return new(situation.Spec.Endpoint.Name, candidate, situation.Spec.Strategy.Gate.ProbesPerLook)
        {
            Stable = stable,
            Gates = asked,
            Due = DueOf(situation, asked, stable, candidate),
            Minutes = minutes,
            MinutesBefore = minutes is { From: var from } ? MinutesRead(situation, from) : [],
            FirstMinute = FirstMinute(situation),
            Rollout = situation.RolloutId,
            RowsBefore = situation.History.RowsSent,
        };
    }

    /// <summary>Whether a gate has a question before a candidate gets any traffic.</summary>
    public static bool IsAskedBeforeStart(GateRule gate) => gate is QualityRule || gate.NeedsPairs;

    /// <summary>The look before a candidate gets any traffic; null when no gate has a question by then.</summary>
    public static TakeLook? BeforeStart(Situation situation, string stable, string candidate)
    {
        ImmutableArray<GateRule> asked = [.. situation.Spec.Strategy.AllGates.Where(IsAskedBeforeStart)];
        return asked.IsEmpty
            ? null
            : new(situation.Spec.Endpoint.Name, candidate, Math.Min(situation.Spec.Probes.Rows.Length, MostBeforeStart))
            {
                Stable = stable,
                Gates = asked,
                Due = [.. asked.Where(gate => gate is QualityRule)],
                Rollout = situation.RolloutId,
                RowsBefore = situation.History.RowsSent,
            };
    }

    /// <summary>A minute is read again for this long, because telemetry may still be counting its requests.</summary>
    private static readonly TimeSpan ReadAnew = TimeSpan.FromMinutes(5);

    private static ImmutableArray<GateRule> DueOf(Situation situation, ImmutableArray<GateRule> asked, string stable, string candidate)
    {
        // Most gates have no source of their own, and the evidence is gathered out of the whole journal.
        if (!asked.Any(gate => gate.HasOwnSource))
        {
            return [];
        }

        var evidence = new CandidateEvidence(situation.History, stable, candidate);
        return [.. asked.Where(gate => IsDue(situation, evidence, gate))];
    }

    private static bool IsDue(Situation situation, CandidateEvidence evidence, GateRule gate) => gate switch
    {
        // One that joined the configuration after the start.
        QualityRule => evidence.QualityOf(gate.Name) is null,
        MetricRule metric => situation.Now >= MeasurableSince(situation) && MeasurementSchedule.Next(
            metric.Limits, situation.History.TrafficSince ?? situation.Now, MetricGate.MeasurementsOf(metric, evidence)) <= situation.Now,
        WebhookRule webhook => !situation.History.HasAskedWebhook(webhook.Name) || !(evidence.WebhookOf(gate.Name)?.Time + webhook.Interval > situation.Now),
        _ => false,
    };

    /// <summary>From when on a metric can tell of the present traffic: when its first whole minute has settled.</summary>
    private static DateTimeOffset MeasurableSince(Situation situation) =>
        (FirstMinute(situation) ?? situation.Now) + TimeSpan.FromMinutes(1) + situation.Spec.Strategy.Settle;

    /// <summary>Whether a gate on traffic sees anything of the present traffic by now: its first whole minute has settled and been read twice.</summary>
    public static bool HasMinute(Situation situation) =>
        FirstMinute(situation) + TimeSpan.FromMinutes(2) <= TrafficMinute.StartOf(situation.Now - situation.Spec.Strategy.Settle);

    private static DateTimeOffset? FirstMinute(Situation situation) => situation.History.TrafficSince is { } since
        ? TrafficMinute.StartOf(since + TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1))
        : null;

    private static (DateTimeOffset From, DateTimeOffset To)? MinutesDue(Situation situation, string candidate)
    {
        var begin = TrafficMinute.StartOf(situation.History.FirstTrafficOf(candidate) ?? situation.Now) - BeforeShift;
        var end = situation.History.Events.OfType<TrafficRead>().LastOrDefault()?.To ?? begin;
        var to = TrafficMinute.StartOf(situation.Now - situation.Spec.Strategy.Settle);
        return to > end ? (end - ReadAnew > begin ? end - ReadAnew : begin, to) : null;
    }

    private static ImmutableArray<TrafficMinute> MinutesRead(Situation situation, DateTimeOffset from) =>
    [
        .. situation.History.Events.OfType<TrafficRead>().Where(read => read.To > from).SelectMany(read => read.Minutes)
            .Where(minute => minute.Start >= from)
            .GroupBy(minute => (minute.Start, minute.Deployment))
            .Select(readings => readings.Last()),
    ];
}
