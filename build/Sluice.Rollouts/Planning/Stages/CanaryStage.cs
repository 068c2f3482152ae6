using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>The candidate earns its traffic: each step is written, read back, baked and judged.</summary>
internal static class CanaryStage
{
    public static Decision Next(Situation situation)
    {
        if ((Preconditions.EndpointReady(situation) ?? Preconditions.CandidateRegistered(situation) ?? Preconditions.NameIsFree(situation)) is { } notReady)
        {
            return notReady;
        }

        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        if ((RollbackStage.WentBack(situation)
            ?? Preconditions.TrafficIsOurs(situation)
            ?? Preconditions.NoOtherIsUnderWay(situation)
            ?? Rejection.Next(situation)) is { } over)
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

        return situation.CandidateMark switch
        {
            { Status: RolloutStatus.Shadow } mark when endpoint.Traffic.Sole == stable => Mirrored(situation, mark),
            { IsOpen: true } mark when endpoint.Traffic.Sole != stable => Continue(situation, mark),
            { Status: RolloutStatus.Passed } mark when !situation.Spec.Strategy.WeightSteps.Any() => Passed(situation, mark),
            _ => Begin(situation, stable),
        };
    }

    /// <summary>The gates that are asked under the present traffic.</summary>
    public static IReadOnlyCollection<GateRule> GatesNow(Situation situation, RolloutMark mark) => HeldOf(situation, mark).Gates;

    /// <summary>The weight that is held under the present traffic; null when a candidate has none.</summary>
    public static HeldWeight? HeldNow(Situation situation)
    {
        if (situation.CandidateMark is not { IsOpen: true } mark || situation.State.Endpoint is null)
        {
            return null;
        }

        var (since, end, limit) = Bake.Times(situation, HeldOf(situation, mark));
        var index = IndexNow(situation, mark);
        return new(
            IsStep(situation, mark, index) ? index + 1 : null, situation.Spec.Strategy.Steps.Length, Bake.Share(situation, mark), since, end, limit);
    }

    /// <summary>How the present traffic is held: below the first weight it is baked as that one, and all of it is the final bake's.</summary>
    private static Held HeldOf(Situation situation, RolloutMark mark)
    {
        var strategy = situation.Spec.Strategy;
        var index = IndexNow(situation, mark);
        return situation.State.Endpoint!.Traffic.Sole == mark.Candidate ? Held.AtAll(strategy)
            : index >= 0 ? Held.At(strategy, strategy.Steps[index])
            : strategy.WeightSteps.FirstOrDefault() is { } first ? Held.At(strategy, first)
            : Held.AtAll(strategy);
    }

    /// <summary>Whether the traffic is as the step at an index has it, and not between two of them.</summary>
    private static bool IsStep(Situation situation, RolloutMark mark, int index) =>
        index >= 0
        && situation.Spec.Strategy.Steps[index] is var step
        && (step.Mirror > 0 || step.Weight == situation.State.Endpoint!.Traffic[mark.Candidate]);

    /// <summary>
    /// The step that is held now, counted from 0; −1 when it is none. A candidate with live traffic is at a weight, whatever its mark says: a
    /// person may have given it some amid a mirrored step. A weight that a person accepted may lie between two steps: it is baked as the step
    /// below it.
    /// </summary>
    private static int IndexNow(Situation situation, RolloutMark mark)
    {
        var endpoint = situation.State.Endpoint!;
        var steps = situation.Spec.Strategy.Steps.ToList();
        return endpoint.Traffic[mark.Candidate] == 0
            ? steps.FindIndex(step => step.Mirror > 0 && step.Mirror == endpoint.MirrorTraffic[mark.Candidate])
            : steps.FindLastIndex(step => step.Weight > 0 && step.Weight <= endpoint.Traffic[mark.Candidate]);
    }

    private static Decision Begin(Situation situation, string stable)
    {
        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        if (situation.CandidateDeployment is not { IsReady: true })
        {
            return Decision.Fail($"Deployment {candidate} is not up; the stage Green creates it.", Stage.Green);
        }

        var smoke = situation.History.SmokeTestOf(candidate);
        return smoke switch
        {
            null => Decision.Act(new SmokeTest(endpoint.Name, candidate), $"{candidate} is about to get traffic."),
            { Kind: VerdictKind.Pass } => Screening.Next(situation, stable) ?? Advance(situation, stable, -1, $"{smoke.Sentence}."),
            _ => Decision.Fail($"Deployment {candidate} failed its smoke test: {smoke.Sentence}."),
        };
    }

    private static Decision Mirrored(Situation situation, RolloutMark mark)
    {
        var endpoint = situation.State.Endpoint!;
        var index = IndexNow(situation, mark);
        return index < 0
            ? Decision.Hold(
                $"The mirrored traffic is [{endpoint.MirrorTraffic}], which is no step of this rollout; Rollback ends it.")
            : Judge(situation, mark, index);
    }

    private static Decision Continue(Situation situation, RolloutMark mark)
    {
        var endpoint = situation.State.Endpoint!;
        var steps = situation.Spec.Strategy.Steps;
        var weight = endpoint.Traffic[mark.Candidate];
        var isSplit = endpoint.Traffic.Equals(Traffic.Split(mark.Stable, mark.Candidate, weight));
        if (!isSplit
            || !(steps.Any(step => step.Weight == weight) || situation.Adopt || situation.History.IsAdopted))
        {
            var which = steps.IsEmpty
                ? "and this rollout has no steps"
                : $"which is no step of this rollout: {string.Join(", ", steps.Select(step => step.Title))}";
            return Unsettled(situation, mark) ?? Decision.Hold(
                $"The traffic is [{endpoint.Traffic}], {which}."
                + (isSplit ? " --adopt goes on from there, and so do steps of which it is one." : ""));
        }

        return Judge(situation, mark, IndexNow(situation, mark));
    }

    private static Decision Judge(Situation situation, RolloutMark mark, int index)
    {
        var steps = situation.Spec.Strategy.Steps;
        if (index == steps.Length - 1 && mark.Status == RolloutStatus.Passed)
        {
            return Passed(situation, mark);
        }

        if (Bake.Next(situation, mark, HeldOf(situation, mark)) is { } baking)
        {
            return baking;
        }

        return Advance(
            situation,
            mark.Stable,
            index,
            $"{(IsStep(situation, mark, index) ? $"Step {index + 1} of {steps.Length}" : $"The weight of {situation.State.Endpoint!.Traffic[mark.Candidate]} %")} passed: "
            + $"{situation.CandidateVerdict.Sentence}.");
    }

    /// <summary>What speaks against a candidate that is held as it is, or the look that tells; null when it is well.</summary>
    private static Decision? Unsettled(Situation situation, RolloutMark mark)
    {
        var gates = GatesNow(situation, mark);
        return Bake.SendBack(situation, mark, gates) ?? Bake.Refresh(situation, mark, gates);
    }

    /// <summary>The steps that a candidate has passed, in words.</summary>
    public static string Passed(int steps) => steps == 1 ? "the only step" : $"all {steps} steps";

    /// <summary>The canary is over; a run that goes no further looks at what it leaves, and Promote does in one that does.</summary>
    private static Decision Passed(Situation situation, RolloutMark mark) =>
        (situation.Stages is [.., Stage.Canary] ? Unsettled(situation, mark) : null)
        ?? Decision.Done(situation.Spec.Strategy.Steps is { IsEmpty: false } steps
            ? $"{mark.Candidate} has passed {Passed(steps.Length)}."
            : "There are no steps before Promote.");

    /// <summary>On to the step after the one at an index, or to the canary's end.</summary>
    private static Decision Advance(Situation situation, string stable, int index, string why)
    {
        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        var steps = situation.Spec.Strategy.Steps;
        var id = situation.CandidateMark is { IsOpen: true } open ? open.RolloutId : situation.RolloutId;

        // Below the first weight that a person accepted there may be steps of mirrored traffic, which are over by then.
        var next = steps.ToList().FindIndex(index + 1, step => step.Weight > 0 || endpoint.Traffic[candidate] == 0);
        if (next < 0)
        {
            return Decision.Act(
                new SetMark(endpoint.Name, endpoint.Mark, new(id, stable, candidate, RolloutStatus.Passed)), why);
        }

        var step = steps[next];
        var reason = index < 0 && endpoint.Traffic[candidate] == 0 ? $"Step {next + 1} of {steps.Length}: {why}" : why;
        if (step.Mirror == 0)
        {
            return Decision.Act(
                new SetTraffic(
                    endpoint.Name,
                    endpoint.Traffic,
                    Traffic.Split(stable, candidate, step.Weight),
                    new RolloutMark(id, stable, candidate, RolloutStatus.Canary)),
                reason);
        }

        return endpoint.MirrorTraffic.Deployments.FirstOrDefault(name => name != candidate) is { } other
            ? Decision.Hold($"The service mirrors to one deployment, and {other} has mirrored traffic already: [{endpoint.MirrorTraffic}].")
            : Decision.Act(
                new SetTraffic(endpoint.Name, endpoint.Traffic, endpoint.Traffic, new RolloutMark(id, stable, candidate, RolloutStatus.Shadow))
                {
                    Mirror = Traffic.Of([new(candidate, step.Mirror)]),
                },
                reason);
    }
}
