using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>
/// A weight is held for its time while looks gather evidence; shared by the canary's steps and the final bake. What speaks against the
/// candidate comes first, whatever else is waited for; then the deadline; then what holds; then the time.
/// </summary>
internal static class Bake
{
    /// <summary>How late after a look of the same run a weight may rise on it, beside the time between two looks; a write takes its time.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    /// <summary>How late a run that goes on still takes the look of the one before it for its first.</summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    /// <summary>How long nobody looks at a workspace where nothing is at stake; somebody else may change it meanwhile.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>The decision while the bake goes on, or sends the candidate back; null when it has ended with a Pass.</summary>
    /// <param name="situation">The situation, with the candidate holding the weight that is baked.</param>
    /// <param name="mark">The rollout's mark, which names the deployment to go back to.</param>
    /// <param name="held">How long the weight is held, and the gates that are asked meanwhile.</param>
    public static Decision? Next(Situation situation, RolloutMark mark, Held held)
    {
        if (SendBack(situation, mark, held.Gates) is { } back)
        {
            return back;
        }

        var (since, end, limit) = Times(situation, held);
        var upshot = Upshot.Of(situation, held.Gates);
        var lastLook = LastLook(situation, mark);
        if (lastLook >= end && situation.CandidateVerdict.Kind == VerdictKind.Pass)
        {
            if (Refresh(situation, mark, held.Gates) is { } look)
            {
                return look;
            }

            if (upshot.Consequence == Consequence.Advance && (held.UntilEvidence is null || upshot.IsConclusive))
            {
                return null;
            }

            // A run that comes later, because a person had to look, gets its own time to see better.
            var patience = situation.Spec.Strategy.Patience;
            var comesLater = situation.History.RunSince > limit;
            var longest = comesLater ? situation.History.RunSince!.Value + patience : limit;
            if (upshot.Consequence == Consequence.Hold && lastLook >= (comesLater ? longest : longest + patience))
            {
                return Decision.Hold(
                    $"{mark.Candidate} stays at {Share(situation, mark)}: {upshot.Sentence}. {upshot.Remedy}",
                    AwaitedOf(situation, mark, held.Gates, upshot));
            }

            if (upshot.Consequence == Consequence.Advance && lastLook >= longest)
            {
                var why = $"{mark.Candidate} stays at {Share(situation, mark)}: nothing speaks against it, but the evidence that untilEvidence asks for "
                    + $"did not come: {Unproven(situation, held.Gates)}.";
                return Decision.Hold(why, new(AwaitedKind.Decision, $"evidence at {Share(situation, mark)}", why));
            }
        }

        // One look at the beginning, one at the end, and so many in between; after the end only while something is missing.
        var interval = situation.Spec.Strategy.Gate.LookInterval;
        var nextLook = lastLook is not { } last ? since : last < end && end < last + interval ? end : last + interval;
        var reason = $"{mark.Candidate} bakes at {Share(situation, mark)}.";
        return situation.Now >= nextLook
            ? Decision.Act(Looks.At(situation, mark.Stable, mark.Candidate, held.Gates), reason)
            : Decision.Wait(nextLook, reason);
    }

    /// <summary>Since when the weight is held, when its bake ends, and how long it may wait for evidence.</summary>
    public static (DateTimeOffset Since, DateTimeOffset End, DateTimeOffset Limit) Times(Situation situation, Held held)
    {
        var since = situation.History.TrafficSince is { } known && known < situation.Now ? known : situation.Now;
        var end = since + held.Bake;
        return (since, end, held.UntilEvidence is { } until && since + until > end ? since + until : end);
    }

    /// <summary>
    /// The decision on a candidate with traffic that this run has not looked at, or not for long, or not since people approved it: another look,
    /// before its weight rises and before it is held once more. Null when the latest is recent.
    /// </summary>
    public static Decision? Refresh(Situation situation, RolloutMark mark, IEnumerable<GateRule> gates)
    {
        var hasLooked = situation.History.LastLook(mark.Candidate) is not null;
        var interval = situation.Spec.Strategy.Gate.LookInterval;
        var recent = LastLook(situation, mark);
        var lasting = situation.History.IsLookedInRun ? interval + Freshness : interval < JustNow ? interval : JustNow;
        var approved = ApprovedSince(situation);
        return approved is null && (situation.Now <= recent + lasting || (!hasLooked && situation.State.Endpoint!.Traffic[mark.Candidate] == 0))
            ? null
            : Decision.Act(
                Looks.At(situation, mark.Stable, mark.Candidate, gates),
                approved is not null ? $"Since the latest look at {mark.Candidate}, people have approved what gate {approved.Gate} asks for: {approved.Sentence}."
                : recent is not null ? $"The latest look at {mark.Candidate} was {(situation.History.IsLookedInRun ? "long ago" : "in an earlier run")}."
                : hasLooked ? $"When the latest look at {mark.Candidate} was, clocks disagree."
                : $"Nobody has looked at {mark.Candidate} under this traffic.");
    }

    /// <summary>What a gate says that has got all its approvals since it was asked under the present traffic; null when none has.</summary>
    private static GateReport? ApprovedSince(Situation situation) => situation.History.Judged is { } judged
        ? ApproveStage.AskedNow(situation).FirstOrDefault(now => now.Kind == VerdictKind.Pass
            && judged.Reports.Any(report => report.Gate == now.Gate && report.Kind != VerdictKind.Pass))
        : null;

    /// <summary>
    /// When the latest look at the candidate was. Null for none, and for one at a time that is still to come: another machine's clock was ahead,
    /// and nobody can tell how old it is.
    /// </summary>
    private static DateTimeOffset? LastLook(Situation situation, RolloutMark mark) =>
        situation.History.LastLook(mark.Candidate) is { } last && last <= situation.Now ? last : null;

    /// <summary>The decision while a rise waits for a window: looks at the candidate go on, so that one that fails still goes back.</summary>
    /// <param name="situation">The situation; its stage has found nothing that speaks against the candidate so far.</param>
    /// <param name="opening">When the window opens.</param>
    /// <param name="why">Why the rise has to wait.</param>
    public static Decision Watch(Situation situation, DateTimeOffset opening, string why)
    {
        var endpoint = situation.State.Endpoint;
        if (situation.CandidateMark is not { IsOpen: true } mark
            || endpoint is null
            || endpoint.Traffic[mark.Candidate] + endpoint.MirrorTraffic[mark.Candidate] == 0
            || endpoint.Deployment(mark.Candidate) is not { IsReady: true })
        {
            return Decision.Wait(Earlier(opening, situation.Now + LongestWait), why);
        }

        var nextLook = LastLook(situation, mark) + situation.Spec.Strategy.Gate.LookInterval ?? situation.Now;
        return situation.Now >= nextLook
            ? Decision.Act(Looks.At(situation, mark.Stable, mark.Candidate, CanaryStage.GatesNow(situation, mark)), why)
            : Decision.Wait(Earlier(opening, nextLook), why);
    }

    /// <summary>
    /// The decision on a candidate that is broken, failed a gate, or took too long: all traffic back to the stable deployment, if that can
    /// serve. Null while nothing speaks against the candidate.
    /// </summary>
    public static Decision? SendBack(Situation situation, RolloutMark mark, IEnumerable<GateRule> gates)
    {
        var endpoint = situation.State.Endpoint!;
        var share = Share(situation, mark);
        if (endpoint.Deployment(mark.Candidate) is not { IsReady: true })
        {
            return Back(situation, mark, $"Deployment {mark.Candidate} is {endpoint.ConditionOf(mark.Candidate)}.");
        }

        if (situation.CandidateVerdict is { Kind: VerdictKind.Fail } verdict)
        {
            return Back(situation, mark, $"{mark.Candidate} failed at {share}: gate probes says Fail: {verdict.Sentence}.");
        }

        var upshot = Upshot.Of(situation, gates);
        if (upshot.Consequence == Consequence.Rollback)
        {
            return Back(situation, mark, $"{mark.Candidate} failed at {share}: {upshot.Sentence}.");
        }

        if (situation.Spec.Strategy.Deadline is { } deadline
            && situation.History.FirstShift is { } first
            && situation.Now > first.Time + deadline)
        {
            var late = $"{mark.Candidate} is at {share}, and the rollout's deadline of {Spec.Reading.Duration.Format(deadline)} is over.";
            return situation.Spec.Strategy.OnDeadline == Consequence.Rollback
                ? Back(situation, mark, late)
                : Refresh(situation, mark, gates)
                    ?? Decision.Hold($"{late} With a longer rollout.deadline in the configuration the same command goes on; Rollback takes it back.");
        }

        // What a run before this one was told is asked again first: the gate, or its configuration, may have been mended.
        return situation.History.IsJudgedInRun && upshot is { Consequence: Consequence.Hold, Because: { Kind: VerdictKind.Fail } }
            ? Decision.Hold(
                $"{mark.Candidate} stays at {share}: {upshot.Sentence}. Rollback takes it back.",
                AwaitedOf(situation, mark, [.. gates], upshot))
            : null;
    }

    /// <summary>The approval that a gate waits for under the present traffic; null when none does, or none was asked yet.</summary>
    public static Awaited? AwaitedApproval(Situation situation)
    {
        return situation is { CandidateMark: { IsOpen: true } mark, History.Judged: not null }
            && ApproveStage.AskedNow(situation).FirstOrDefault(report => report.Kind != VerdictKind.Pass) is { } waiting
                ? AwaitedApproval(
                    situation, mark, $"{mark.Candidate} is at {Share(situation, mark)}: gate {waiting.Gate} says {waiting.Kind}: {waiting.Sentence}.")
                : null;
    }

    private static Awaited AwaitedApproval(Situation situation, RolloutMark mark, string why) =>
        new(AwaitedKind.Approval, $"approval at {Share(situation, mark)}", why) { Scope = ApprovalScope.Step };

    /// <summary>What a weight that is held on the gates' word waits for.</summary>
    private static Awaited AwaitedOf(Situation situation, RolloutMark mark, IReadOnlyCollection<GateRule> gates, Upshot upshot)
    {
        var share = Share(situation, mark);
        var why = $"{mark.Candidate} stays at {share}: {upshot.Sentence}.";
        return upshot.Because is not { } report ? new(AwaitedKind.Decision, $"the gates at {share}", why)
            : gates.Any(gate => gate is ApprovalRule && gate.Name == report.Gate) ? AwaitedApproval(situation, mark, why)
            : new(AwaitedKind.Decision, $"gate {report.Gate}, which says {report.Kind} at {share}", why);
    }

    /// <summary>The candidate's share of the requests, in words.</summary>
    public static string Share(Situation situation, RolloutMark mark)
    {
        var endpoint = situation.State.Endpoint!;
        return MirroredTraffic.Share(endpoint.Traffic[mark.Candidate], endpoint.MirrorTraffic[mark.Candidate]);
    }

    /// <summary>
    /// Back, when the stable deployment can serve: going back to one that is sick would take the endpoint down. Then the traffic stays, and
    /// people are called.
    /// </summary>
    private static Decision Back(Situation situation, RolloutMark mark, string why)
    {
        var endpoint = situation.State.Endpoint!;
        if (endpoint.Deployment(mark.Stable) is not { IsReady: true })
        {
            return Decision.Hold(
                $"{why} {mark.Stable} can't take over: it is {endpoint.ConditionOf(mark.Stable)}. Traffic stays [{endpoint.Traffic}].");
        }

        return Vouching.Next(
            situation,
            mark.Stable,
            Vouching.Moment,
            $"{why} {mark.Stable} is about to get all traffic.",
            verdict => Decision.Hold(
                $"{why} {mark.Stable} is sick too, and can't take over: {verdict.Sentence}. Traffic stays [{endpoint.Traffic}]: look at both."))
            ?? Decision.Act(
                new SetTraffic(endpoint.Name, endpoint.Traffic, Traffic.AllTo(mark.Stable), mark with { Status = RolloutStatus.RolledBack }), why);
    }

    private static string Unproven(Situation situation, IEnumerable<GateRule> gates) => string.Join(
        "; ",
        from gate in gates
        where !gate.ObserveOnly
        let report = situation.History.Judged?.Reports.FirstOrDefault(report => report.Gate == gate.Name)
        where report is not { Kind: VerdictKind.Pass, IsConclusive: true }
        select $"gate {gate.Name} says {report?.Kind ?? VerdictKind.NoData}: {report?.Sentence ?? "it has not been asked"}");

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
