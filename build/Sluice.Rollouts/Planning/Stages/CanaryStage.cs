using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>The candidate earns its traffic: each step is written, read back, baked and judged.</summary>
internal static class CanaryStage
{
    public static Decision Next(Situation situation)
    {
        if ((Preconditions.EndpointReady(situation) ?? Preconditions.CandidateRegistered(situation)) is { } notReady)
        {
            return notReady;
        }

        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        if ((RollbackStage.WentBack(situation) ?? Preconditions.TrafficIsOurs(situation) ?? Rejection.Next(situation)) is { } over)
        {
            return over;
        }

        if (endpoint.Traffic.Sole == candidate)
        {
            return Decision.Done($"{candidate} has all traffic already.");
        }

        if (situation.Stable is not { } stable)
        {
            return Decision.Hold($"The traffic is [{endpoint.Traffic}], and no rollout of {candidate} made it so.");
        }

        if (endpoint.Deployment(stable) is not { IsReady: true })
        {
            return Decision.Hold(
                $"Deployment {stable}, which serves, is {endpoint.ConditionOf(stable)}. Traffic stays [{endpoint.Traffic}].");
        }

        return endpoint.Traffic.Sole == stable ? Begin(situation, stable) : Continue(situation, situation.CandidateMark!);
    }

    private static Decision Begin(Situation situation, string stable)
    {
        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        if (situation.CandidateDeployment is not { IsReady: true })
        {
            return Decision.Fail($"Deployment {candidate} is not up; the stage Green creates it.");
        }

        var steps = situation.Spec.Strategy.Steps;
        return situation.History.SmokeTestOf(candidate) switch
        {
            null => Decision.Act(new SmokeTest(endpoint.Name, candidate), $"{candidate} is about to get traffic."),
            { Kind: VerdictKind.Pass } verdict => Decision.Act(
                Shift(situation, stable, steps[0].Weight, situation.RolloutId),
                $"Step 1 of {steps.Length}: {verdict.Sentence}."),
            { } verdict => Decision.Fail($"Deployment {candidate} failed its smoke test: {verdict.Sentence}."),
        };
    }

    private static Decision Continue(Situation situation, RolloutMark mark)
    {
        var endpoint = situation.State.Endpoint!;
        var steps = situation.Spec.Strategy.Steps;
        var weight = endpoint.Traffic[mark.Candidate];
        if (!endpoint.Traffic.Equals(Traffic.Split(mark.Stable, mark.Candidate, weight))
            || !(steps.Any(step => step.Weight == weight) || situation.Adopt || situation.History.IsAdopted))
        {
            return Decision.Hold(
                $"The traffic is [{endpoint.Traffic}], which is no step of this rollout: {string.Join(", ", steps.Select(step => $"{step.Weight} %"))}.");
        }

        // A weight that a person accepted may lie between two steps, or before the first: it is baked as the step below it.
        var index = steps.ToList().FindLastIndex(step => step.Weight <= weight);
        var isLast = index == steps.Length - 1;
        if (isLast && mark.Status == RolloutStatus.Passed)
        {
            return Decision.Done($"{mark.Candidate} has passed all {steps.Length} steps.");
        }

        if (Bake.Next(situation, mark, steps[Math.Max(index, 0)].Bake) is { } baking)
        {
            return baking;
        }

        var why = $"{(index < 0 || steps[index].Weight != weight ? $"The weight of {weight} %" : $"Step {index + 1} of {steps.Length}")} passed: "
            + $"{situation.CandidateVerdict.Sentence}.";
        return isLast
            ? Decision.Act(new SetMark(endpoint.Name, mark, mark with { Status = RolloutStatus.Passed }), why)
            : Decision.Act(Shift(situation, mark.Stable, steps[index + 1].Weight, mark.RolloutId), why);
    }

    private static SetTraffic Shift(Situation situation, string stable, int weight, string rolloutId) => new(
        situation.Spec.Endpoint.Name,
        situation.State.Endpoint!.Traffic,
        Traffic.Split(stable, situation.Candidate!, weight),
        new RolloutMark(rolloutId, stable, situation.Candidate!, RolloutStatus.Canary));
}
