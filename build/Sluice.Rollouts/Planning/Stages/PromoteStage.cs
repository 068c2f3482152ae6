using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>All traffic to the candidate, then a final bake with the stable deployment still warm.</summary>
internal static class PromoteStage
{
    public static Decision Next(Situation situation)
    {
        if ((Preconditions.EndpointReady(situation) ?? Preconditions.CandidateRegistered(situation) ?? Preconditions.NameIsFree(situation)) is { } notReady)
        {
            return notReady;
        }

        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        if ((RollbackStage.WentBack(situation) ?? Preconditions.TrafficIsOurs(situation) ?? Rejection.Next(situation)) is { } over)
        {
            return over;
        }

        var mark = situation.CandidateMark;
        if (endpoint.Traffic.Sole == candidate)
        {
            return mark is { IsOpen: true } ? FinalBake(situation, mark) : Decision.Done($"{candidate} has all traffic.");
        }

        var last = situation.Spec.Strategy.WeightSteps.LastOrDefault()?.Weight ?? 0;
        var weight = endpoint.Traffic[candidate];
        if (mark is not { Status: RolloutStatus.Passed } || weight < last || !endpoint.Traffic.Equals(Traffic.Split(mark.Stable, candidate, weight)))
        {
            return Decision.Fail(
                $"{candidate} has not passed the canary, whose last step is {last} %: traffic is [{endpoint.Traffic}]; the stage Canary goes on from here.",
                Stage.Canary);
        }

        var gates = CanaryStage.GatesNow(situation, mark);
        return Bake.SendBack(situation, mark, gates) ?? Bake.Refresh(situation, mark, gates) ?? Doubt(situation, mark, gates) ?? Decision.Act(
            new SetTraffic(endpoint.Name, endpoint.Traffic, Traffic.AllTo(candidate), mark with { Status = RolloutStatus.FinalBake }),
            situation.Spec.Strategy.Steps is [] ? $"{candidate} gets all traffic at once." : $"{candidate} has passed {CanaryStage.Passed(situation.Spec.Strategy.Steps.Length)}.");
    }

    /// <summary>The decision when a look since the canary's end found that a gate holds: it is looked at again, as in a bake. Null without doubt.</summary>
    private static Decision? Doubt(Situation situation, RolloutMark mark, IReadOnlyCollection<GateRule> gates) =>
        situation.History.Judged is not null && Upshot.Of(situation, gates).Consequence == Consequence.Hold
            ? Bake.Next(situation, mark, new Held(TimeSpan.Zero, null, gates))
            : null;

    private static Decision FinalBake(Situation situation, RolloutMark mark) =>
        Bake.Next(situation, mark, Held.AtAll(situation.Spec.Strategy))
        ?? Decision.Act(
            new SetMark(situation.Spec.Endpoint.Name, mark, mark with { Status = RolloutStatus.Completed }),
            $"The final bake passed: {situation.CandidateVerdict.Sentence}.");
}
