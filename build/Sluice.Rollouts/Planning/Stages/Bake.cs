using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>A weight is held for its time while looks gather evidence; shared by the canary's steps and the final bake.</summary>
internal static class Bake
{
    /// <summary>The decision while the bake goes on, or sends the candidate back; null when it has ended with a Pass.</summary>
    /// <param name="situation">The situation, with the candidate holding the weight that is baked.</param>
    /// <param name="stable">The deployment to go back to.</param>
    /// <param name="duration">How long the weight is held at least.</param>
    public static Decision? Next(Situation situation, string stable, TimeSpan duration)
    {
        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        if (endpoint.Deployment(candidate) is not { IsReady: true })
        {
            return GoBack(situation, stable, $"Deployment {candidate} is {endpoint.Deployment(candidate)?.State.ToString() ?? "gone"}.");
        }

        var verdict = situation.CandidateVerdict;
        if (verdict.Kind == VerdictKind.Fail)
        {
            return GoBack(situation, stable, $"{candidate} failed at {endpoint.Traffic[candidate]} %: {verdict.Sentence}.");
        }

        var since = situation.History.TrafficSince ?? situation.Now;
        var end = since + duration;
        var nextLook = situation.History.LastLook(candidate) is { } last ? last + situation.Spec.Strategy.Gate.LookInterval : since;
        if (situation.Now >= end && verdict.Kind == VerdictKind.Pass)
        {
            return null;
        }

        if (situation.Now >= nextLook)
        {
            return Decision.Act(
                new SendProbes(endpoint.Name, candidate, situation.Spec.Strategy.Gate.ProbesPerLook),
                $"{candidate} bakes at {endpoint.Traffic[candidate]} %.");
        }

        // After the bake's end only probes are missing, and the next look brings them.
        return Decision.Wait(situation.Now < end && end < nextLook ? end : nextLook, $"{candidate} bakes at {endpoint.Traffic[candidate]} %.");
    }

    /// <summary>All traffic back to the stable deployment, if that can serve; what went wrong is the reason.</summary>
    private static Decision GoBack(Situation situation, string stable, string why)
    {
        var endpoint = situation.State.Endpoint!;
        if (endpoint.Deployment(stable) is not { IsReady: true } blue)
        {
            return Decision.Hold(
                $"{why} {stable} can't take over: it is {endpoint.Deployment(stable)?.State.ToString() ?? "gone"}. Traffic stays [{endpoint.Traffic}].");
        }

        var mark = situation.CandidateMark! with { Status = RolloutStatus.RolledBack };
        return Decision.Act(new SetTraffic(endpoint.Name, endpoint.Traffic, Traffic.AllTo(blue.Name), mark), why);
    }
}
