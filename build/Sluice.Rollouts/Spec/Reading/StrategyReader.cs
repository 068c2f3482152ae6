using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads the section <c>rollout</c>: steps, bakes and gates, and the rules between them.</summary>
/// <param name="given">What arguments and environment variables say instead.</param>
/// <param name="isLocal">Whether the workspace is the local one, whose operations take no minutes.</param>
/// <param name="maximumStep">The most percent points that a weight may rise by at once.</param>
/// <param name="notes">Takes what does not do what a person may expect.</param>
internal sealed class StrategyReader(SpecOverrides given, bool isLocal, Field<int> maximumStep, Mistakes notes)
{
    private const int MostSteps = 20;

    /// <summary>A deployment alone takes about five minutes on Azure.</summary>
    private static readonly TimeSpan LeastRealTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan DefaultBake = TimeSpan.FromMinutes(5);
    private static readonly Format<int> Weight = Formats.Whole(1, 99);
    private static readonly Format<CancelPolicy> CancelPolicies =
        Formats.OneOf(("hold", CancelPolicy.Hold), ("rollback", CancelPolicy.Rollback));

    private static readonly Format<TimeSpan> Bake = Formats.Time(TimeSpan.Zero, TimeSpan.FromDays(14));

    /// <summary>Reads the section.</summary>
    public StrategySpec Read(MapReader map)
    {
        var steps = ReadSteps(map);
        var finalBake = map.OrDefault(
            "finalBake",
            Bake,
            DefaultBake,
            "How long the stable deployment is kept warm after the candidate got all traffic.",
            Arguments.Of("--final-bake", given.FinalBake));
        var timeout = map.OrDefault(
            "operationTimeout",
            Formats.Time(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            TimeSpan.FromMinutes(30),
            "The longest time that one operation of the service may take.");
        if (!isLocal && timeout.IsGood && timeout.Value < LeastRealTimeout)
        {
            map.Mistake(
                "operationTimeout",
                $"{map.PathOf("operationTimeout")} is {Duration.Format(timeout.Value)}; allowed: at least "
                + $"{Duration.Format(LeastRealTimeout)}, as a deployment alone takes about five minutes on Azure.");
        }

        return new StrategySpec
        {
            Steps = [.. steps.Select(step => new Step(step.Weight.Value, step.Bake.Value))],
            FinalBake = finalBake.Value,
            OperationTimeout = timeout.Value,
            OnCancel = map.OrDefault(
                "onCancel",
                CancelPolicies,
                CancelPolicy.Hold,
                "What becomes of a rollout under way when its run is cancelled: the traffic stays, or goes back.",
                Arguments.Of("--on-cancel", given.OnCancel)).Value,
            Retain = map.OrDefault(
                "retain",
                Formats.Whole(0, 18),
                0,
                "The retired deployments that are kept, newest first; an endpoint has room for 20 deployments.",
                Arguments.Of("--retain", given.Retain)).Value,
            Gate = map.Section("gate", gate => ReadGate(gate, steps), "What the probes must say before a weight may rise."),
        };
    }

    private GateSpec ReadGate(MapReader map, ImmutableArray<(Field<int> Weight, Field<TimeSpan> Bake)> steps)
    {
        var probes = map.OrDefault("probesPerLook", Formats.Whole(1, 10_000), 10, "Requests that each look sends to the candidate.");
        var interval = map.OrDefault(
            "lookInterval",
            Formats.Time(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            TimeSpan.FromSeconds(10),
            "The time between two looks during a bake.");
        var minimum = map.OrDefault("minimumProbes", Formats.Whole(1, 1_000_000), 20, "Answers that a step needs before it can pass.");
        if (probes.IsGood && interval.IsGood && minimum.IsGood)
        {
            foreach (var (weight, bake) in steps.Where(step => step.Bake.IsGood && step.Weight.IsGood))
            {
                // One at the beginning, one at the end, and so many in between.
                var looks = (long)Math.Ceiling(bake.Value / interval.Value) + 1;
                if (looks * probes.Value < minimum.Value)
                {
                    notes.Add(
                        map.KeyPlace("minimumProbes"),
                        $"The step of {weight.Value} % lasts longer than its bake of {Duration.Format(bake.Value)}: that sends "
                        + $"{looks * probes.Value} probes, and {minimum.Value} are needed.");
                }
            }
        }

        return new GateSpec(
            probes.Value,
            interval.Value,
            minimum.Value,
            map.OrDefault("maximumErrorRate", Formats.NumberBelow(0, 1), 0, "The largest share of failed probes that still passes.").Value);
    }

    private ImmutableArray<(Field<int> Weight, Field<TimeSpan> Bake)> ReadSteps(MapReader map)
    {
        var written = map.List(
            "steps", ReadStep, "The canary's steps, their weights rising; 10 and 50 when left out. The step to 100 is Promote's.");
        if (written is { Value: [] })
        {
            map.Mistake("steps", $"{map.PathOf("steps")} is empty; allowed: 1 to {MostSteps} steps.");
        }

        var steps = written is { Value: [_, ..] } ? written.Value : DefaultSteps(map.Place);
        if (given.Steps is { } weights)
        {
            steps = WithWeights(map, weights, steps);
        }

        if (steps.Length > MostSteps)
        {
            map.Mistake(steps[0].Weight.Place, $"There are {steps.Length} steps; allowed: 1 to {MostSteps}.");
        }

        foreach (var (before, step) in steps.Zip(steps.Skip(1)))
        {
            if (before.Weight.IsGood && step.Weight.IsGood && step.Weight.Value <= before.Weight.Value)
            {
                map.Mistake(
                    step.Weight.Place,
                    $"The step of {step.Weight.Value} % comes after the one of {before.Weight.Value} %; allowed: weights that rise from "
                    + "step to step.");
            }
        }

        CheckRises(map, steps);
        return steps;
    }

    /// <summary>The candidate begins at 0 %, and Promote takes it from the last step to 100 %.</summary>
    private void CheckRises(MapReader map, ImmutableArray<(Field<int> Weight, Field<TimeSpan> Bake)> steps)
    {
        if (!maximumStep.IsGood || !steps.All(step => step.Weight.IsGood))
        {
            return;
        }

        var from = 0;
        foreach (var (weight, _) in steps)
        {
            if (weight.Value - from > maximumStep.Value)
            {
                map.Mistake(
                    weight.Place,
                    $"The step of {weight.Value} % comes after {from} %; allowed: a rise of at most {maximumStep.Value} percent points "
                    + "(policy.maximumStep).");
            }

            from = weight.Value;
        }

        if (100 - from > maximumStep.Value)
        {
            map.Mistake(
                steps[^1].Weight.Place,
                $"The last step of {from} % leaves a rise of {100 - from} percent points to Promote; allowed: at most {maximumStep.Value} "
                + "(policy.maximumStep).");
        }
    }

    private (Field<int> Weight, Field<TimeSpan> Bake) ReadStep(MapReader map) => (
        map.Required("weight", Weight, "The candidate's share of the traffic in percent."),
        map.OrDefault(
            "bake", Bake, DefaultBake, "How long the weight is held before it is judged.", Arguments.Of("--bake", given.Bake)));

    private ImmutableArray<(Field<int> Weight, Field<TimeSpan> Bake)> DefaultSteps(Place place)
    {
        var bake = new Field<TimeSpan>(given.Bake ?? DefaultBake, place);
        return [(new Field<int>(10, place), bake), (new Field<int>(50, place), bake)];
    }

    private static ImmutableArray<(Field<int> Weight, Field<TimeSpan> Bake)> WithWeights(
        MapReader map,
        ImmutableArray<int> weights,
        ImmutableArray<(Field<int> Weight, Field<TimeSpan> Bake)> steps)
    {
        var place = new Place("--steps");
        if (weights.IsEmpty)
        {
            map.Mistake(place, $"The list is empty; allowed: 1 to {MostSteps} weights.");
            return steps;
        }

        return [.. weights.Select((weight, i) =>
        {
            if (!Weight.IsAllowed(weight))
            {
                map.Mistake(place, $"The value has {weight}; allowed: {Weight.Allowed}.");
            }

            return (new Field<int>(weight, place, Weight.IsAllowed(weight)), steps[Math.Min(i, steps.Length - 1)].Bake);
        })];
    }
}
