using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>A weight is held for its time while looks gather evidence; shared by the canary's steps and the final bake.</summary>
internal static class Bake
{
    /// <summary>How late after a look a weight may rise on it.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    /// <summary>How long nobody looks at a workspace where nothing is at stake; somebody else may change it meanwhile.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>The decision while the bake goes on, or sends the candidate back; null when it has ended with a Pass.</summary>
    /// <param name="situation">The situation, with the candidate holding the weight that is baked.</param>
    /// <param name="mark">The rollout's mark, which names the deployment to go back to.</param>
    /// <param name="duration">How long the weight is held at least.</param>
    public static Decision? Next(Situation situation, RolloutMark mark, TimeSpan duration)
    {
        if (SendBack(situation, mark) is { } back)
        {
            return back;
        }

        var endpoint = situation.State.Endpoint!;
        var since = situation.History.TrafficSince ?? situation.Now;
        var end = since + duration;
        var gate = situation.Spec.Strategy.Gate;
        var lastLook = situation.History.LastLook(mark.Candidate);
        if (lastLook >= end && situation.CandidateVerdict.Kind == VerdictKind.Pass && Refresh(situation, mark) is null)
        {
            return null;
        }

        // One look at the beginning, one at the end, and so many in between; after the end only while probes are missing.
        var nextLook = lastLook is not { } last ? since : last < end && end < last + gate.LookInterval ? end : last + gate.LookInterval;
        var why = $"{mark.Candidate} bakes at {endpoint.Traffic[mark.Candidate]} %.";
        return situation.Now >= nextLook
            ? Decision.Act(new SendProbes(endpoint.Name, mark.Candidate, gate.ProbesPerLook), why)
            : Decision.Wait(nextLook, why);
    }

    /// <summary>
    /// The decision on a rise whose evidence is from long ago, as that of a run that was held: another look. Null when the latest is recent,
    /// or there is none to speak of.
    /// </summary>
    public static Decision? Refresh(Situation situation, RolloutMark mark)
    {
        var gate = situation.Spec.Strategy.Gate;
        return situation.History.LastLook(mark.Candidate) + gate.LookInterval + Freshness < situation.Now
            ? Decision.Act(
                new SendProbes(situation.Spec.Endpoint.Name, mark.Candidate, gate.ProbesPerLook),
                $"The latest look at {mark.Candidate} was long ago.")
            : null;
    }

    /// <summary>The decision while a rise waits for a window: looks at the candidate go on, so that one that fails still goes back.</summary>
    /// <param name="situation">The situation; its stage has found nothing that speaks against the candidate so far.</param>
    /// <param name="opening">When the window opens.</param>
    /// <param name="why">Why the rise has to wait.</param>
    public static Decision Watch(Situation situation, DateTimeOffset opening, string why)
    {
        var endpoint = situation.State.Endpoint;
        var gate = situation.Spec.Strategy.Gate;
        if (situation.CandidateMark is not { IsOpen: true } mark
            || endpoint is null
            || endpoint.Traffic[mark.Candidate] == 0
            || endpoint.Deployment(mark.Candidate) is not { IsReady: true })
        {
            return Decision.Wait(Earlier(opening, situation.Now + LongestWait), why);
        }

        var nextLook = situation.History.LastLook(mark.Candidate) + gate.LookInterval ?? situation.Now;
        return situation.Now >= nextLook
            ? Decision.Act(new SendProbes(endpoint.Name, mark.Candidate, gate.ProbesPerLook), why)
            : Decision.Wait(Earlier(opening, nextLook), why);
    }

    /// <summary>
    /// The decision on a candidate that is broken or failed its gate: all traffic back to the stable deployment, if that can
    /// serve. Null while nothing speaks against the candidate.
    /// </summary>
    public static Decision? SendBack(Situation situation, RolloutMark mark)
    {
        var endpoint = situation.State.Endpoint!;
        var verdict = situation.CandidateVerdict;
        if (endpoint.Deployment(mark.Candidate) is { IsReady: true } && verdict.Kind != VerdictKind.Fail)
        {
            return null;
        }

        var why = endpoint.Deployment(mark.Candidate) is { IsReady: true }
            ? $"{mark.Candidate} failed at {endpoint.Traffic[mark.Candidate]} %: {verdict.Sentence}."
            : $"Deployment {mark.Candidate} is {endpoint.ConditionOf(mark.Candidate)}.";
        return endpoint.Deployment(mark.Stable) is { IsReady: true }
            ? Decision.Act(
                new SetTraffic(
                    endpoint.Name,
                    endpoint.Traffic,
                    Traffic.AllTo(mark.Stable),
                    mark with { Status = RolloutStatus.RolledBack }),
                why)
            : Decision.Hold(
                $"{why} {mark.Stable} can't take over: it is {endpoint.ConditionOf(mark.Stable)}. Traffic stays [{endpoint.Traffic}].");
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
