using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Gates;
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
    private const string Linear = "linear";

    /// <summary>A deployment alone takes about five minutes on Azure.</summary>
    private static readonly TimeSpan LeastRealTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan DefaultBake = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);
    private static readonly Format<int> Weight = Formats.Whole(1, 99);
    private static readonly Format<int> Mirror = Formats.Whole(1, 50);
    private static readonly Format<TimeSpan> Bake = Formats.Time(TimeSpan.Zero, Longest);
    private static readonly Format<CancelPolicy> CancelPolicies =
        Formats.OneOf(("hold", CancelPolicy.Hold), ("rollback", CancelPolicy.Rollback));

    private static readonly Format<Consequence> AfterDeadline = Formats.OneOf(("hold", Consequence.Hold), ("rollback", Consequence.Rollback));
    private static readonly Format<string> Presets = Formats.Name("canary", Linear, "allAtOnce", "shadowThenCanary");

    private readonly GateReader _gates = new();

    /// <summary>Reads the section.</summary>
    public StrategyReading Read(MapReader map)
    {
        var steps = ReadSteps(map);
        var finalBake = map.OrDefault(
            "finalBake",
            Bake,
            DefaultBake,
            "How long the stable deployment is kept warm after the candidate got all traffic.",
            given.Argument("--final-bake", given.FinalBake));
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

        var gates = _gates.ReadList(map, "The gates of all steps and of the final bake.");
        CheckNames(map, [.. gates, .. steps.SelectMany(step => step.Gates)]);
        var limit = map.Place;
        var strategy = new StrategySpec
        {
            Steps = [.. steps.Select(step => step.Step)],
            FinalBake = finalBake.Value,
            OperationTimeout = timeout.Value,
            OnCancel = map.OrDefault(
                "onCancel",
                CancelPolicies,
                CancelPolicy.Hold,
                "What becomes of a rollout under way when its run is cancelled: the traffic stays, or goes back.",
                given.Argument("--on-cancel", given.OnCancel)).Value,
            Retain = map.OrDefault(
                "retain",
                Formats.Whole(0, 18),
                0,
                "The retired deployments that are kept, newest first; an endpoint has room for 20 deployments.",
                given.Argument("--retain", given.Retain)).Value,
            Gate = map.Section("gate", ReadGateOf, "What the probes must say before a weight may rise, and how often there is a look."),
            Gates = [.. gates.Where(gate => gate.IsGood).Select(gate => gate.Value)],
            FalseRollback = map.OrDefault(
                "falseRollback",
                Formats.NumberFrom(0.0001, 0.5),
                0.05,
                "The probability that chance alone fails a good candidate in a whole rollout; the statistical gates share it.").Value,
            Patience = map.OrDefault(
                "patience",
                Bake,
                TimeSpan.FromMinutes(10),
                "How long after a bake a gate that holds is looked at again before a person is asked.").Value,
            Settle = map.OrDefault(
                "settle",
                Formats.Time(TimeSpan.Zero, TimeSpan.FromHours(1)),
                TimeSpan.FromMinutes(3),
                "How old a minute of telemetry must be before it counts.").Value,
            OnDeadline = map.OrDefault(
                "onDeadline", AfterDeadline, Consequence.Rollback, "What follows when the deadline is over; only with one.").Value,
            Replay = map.Section("replay", ReadReplay, "How the answers of both versions to the same row are compared."),
            Traffic = map.OptionalSection("traffic", ReadTraffic, "What is known of the usual traffic, for the figures of Plan and for rehearsals."),
        };
        return new(
            strategy with { Deadline = ReadDeadline(map, strategy) },
            steps,
            gates,
            _gates.LabelledTables,
            limit,
            map.KeyPlace("deadline"),
            steps.All(step => step.IsGood) && finalBake.IsGood && gates.Concat(steps.SelectMany(step => step.Gates)).All(gate => gate.IsGood));

        GateSpec ReadGateOf(MapReader gate)
        {
            limit = gate.KeyPlace("maximumErrorRate");
            return ReadGate(gate, steps);
        }
    }

    /// <summary>A deadline that the bakes alone overrun can't be met.</summary>
    private static TimeSpan? ReadDeadline(MapReader map, StrategySpec strategy)
    {
        var deadline = map.Optional(
            "deadline", Formats.Time(TimeSpan.FromSeconds(1), Longest), "How long the rollout may take from its first shift to the end of its final bake.");
        if (map.Has("onDeadline") && deadline is null)
        {
            map.Mistake("onDeadline", $"{map.PathOf("onDeadline")} is written; allowed: only with {map.PathOf("deadline")}.");
        }

        var bakes = strategy.Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Bake);
        if (deadline is { IsGood: true } && deadline.Value < bakes + strategy.FinalBake)
        {
            map.Mistake(
                "deadline",
                $"{map.PathOf("deadline")} is {Duration.Format(deadline.Value)}; allowed: at least {Duration.Format(bakes + strategy.FinalBake)}, "
                + $"which the bakes take: {string.Join(" + ", strategy.Steps.Select(step => Duration.Format(step.Bake)).Append(Duration.Format(strategy.FinalBake)))}.");
        }

        return deadline?.Value;
    }

    private static void CheckNames(MapReader map, IReadOnlyCollection<Field<GateRule>> gates)
    {
        map.HaveOwnNames("gate", gates.Where(gate => gate.IsGood).Select(gate => (gate.Value.Name, gate.Place)));
    }

    private static ReplaySpec ReadReplay(MapReader map) => new(
        map.Optional(
            "scoreTolerance", Formats.NumberFrom(0, 1_000_000), "How far apart two scores may be; without it scores are not compared, labels are.")?.Value,
        map.Optional("score", Formats.Text, "The member of an answer that is its score; the first number with a fraction without it.")?.Value)
    {
        LabelField = map.Optional("label", Formats.Text, "The member of an answer that is its label; the first value without it that is no score.")?.Value,
        Ignore =
        [
            .. map.List("ignore", Formats.Text, "Members of an answer that are no part of it, such as a request's id or the model's version.")
                .Where(name => name.IsGood).Select(name => name.Value),
        ],
    };

    private static TrafficFigures ReadTraffic(MapReader map) => new(
        map.OrDefault("requestsPerMinute", Formats.NumberAbove(0, 1_000_000), 60, "Requests of all callers in a minute.").Value,
        map.OrDefault("errorRate", Formats.NumberFrom(0.000_001, 0.9), TrafficFigures.UsualErrorRate, "The share of them that fails while all is well.").Value)
    {
        IsErrorRateAssumed = !map.Has("errorRate"),
    };

    private GateSpec ReadGate(MapReader map, ImmutableArray<StepReading> steps)
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
            foreach (var step in steps.Where(step => step.IsGood).Select(step => step.Step))
            {
                // One at the beginning, one at the end, and so many in between.
                var looks = (long)Math.Ceiling(step.Bake / interval.Value) + 1;
                if (looks * probes.Value < minimum.Value)
                {
                    notes.Add(
                        map.KeyPlace("minimumProbes"),
                        $"The step of {step.Title} lasts longer than its bake of {Duration.Format(step.Bake)}: that sends "
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

    private ImmutableArray<StepReading> ReadSteps(MapReader map)
    {
        var bake = map.OrDefault("bake", Bake, DefaultBake, "The bake of the steps that have none of their own.", given.Argument("--bake", given.Bake));
        var by = map.OrDefault("by", Formats.Whole(1, 50), 20, "The percent points from step to step; only with the preset linear.");
        var preset = map.Optional(
            "preset", Presets, "Steps that need not be written: canary is 10 and 50, linear is by, 2 × by …, shadowThenCanary mirrors 20 before 10 and 50.");
        var written = map.List(
            "steps",
            step => ReadStep(step, bake),
            "The canary's steps, first mirrored ones, then weights that rise; 10 and 50 when left out. The step to 100 is Promote's.",
            $"1 to {MostSteps} steps, or the preset allAtOnce");
        if (map.Has("by") && preset is not { IsGood: false } && preset?.Value != Linear)
        {
            map.Mistake("by", $"{map.PathOf("by")} is written; allowed: only with the preset {Linear}.");
        }

        if (preset is not null && written is not null)
        {
            map.Mistake("preset", $"{map.PathOf("preset")} is written beside {map.PathOf("steps")}; allowed: one of the two.");
        }

        var steps = written is { Value: [_, ..] } ? written.Value : OfPreset(preset, by.Value, bake, map.Place);
        if (given.Steps is { } weights)
        {
            steps = WithWeights(map, weights, steps, bake);
        }

        if (steps.Length > MostSteps)
        {
            map.Mistake(steps[0].Place, $"There are {steps.Length} steps; allowed: 1 to {MostSteps}.");
        }

        CheckOrder(map, steps);
        CheckRises(map, steps);
        return steps;
    }

    private static void CheckOrder(MapReader map, ImmutableArray<StepReading> steps)
    {
        foreach (var (before, step) in steps.Zip(steps.Skip(1)).Where(pair => pair.First.HasGoodShare && pair.Second.HasGoodShare))
        {
            if (step.Mirror is not null && before.Mirror is null)
            {
                map.Mistake(
                    step.Place, "A step of mirrored traffic comes after one of live traffic; allowed: before all of them, as a deployment has one of the two.");
            }
            else if (step.Mirror is { } mirror && before.Mirror?.Value == mirror.Value)
            {
                map.Mistake(step.Place, $"Two steps mirror {mirror.Value} %; allowed: another share.");
            }
            else if (step.Mirror is null && before.Mirror is null && step.Weight.Value <= before.Weight.Value)
            {
                map.Mistake(
                    step.Weight.Place,
                    $"The step of {step.Weight.Value} % comes after the one of {before.Weight.Value} %; allowed: weights that rise from "
                    + "step to step.");
            }
        }
    }

    /// <summary>The candidate begins at 0 %, and Promote takes it from the last step to 100 %.</summary>
    private void CheckRises(MapReader map, ImmutableArray<StepReading> steps)
    {
        if (!maximumStep.IsGood || !steps.All(step => step.Weight.IsGood))
        {
            return;
        }

        var from = 0;
        foreach (var weight in steps.Where(step => step.Mirror is null).Select(step => step.Weight))
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
                steps.IsEmpty ? map.Place : steps[^1].Place,
                $"The last step of {from} % leaves a rise of {100 - from} percent points to Promote; allowed: at most {maximumStep.Value} "
                + "(policy.maximumStep).");
        }
    }

    private StepReading ReadStep(MapReader map, Field<TimeSpan> bake)
    {
        var weight = map.Optional("weight", Weight, "The candidate's share of the traffic in percent; this or mirror.");
        var mirror = map.Optional("mirror", Mirror, "The percent of live requests that are copied to the candidate, whose answers nobody gets; this or weight.");
        map.HasOneOf("weight", "mirror");
        if ((weight is null) == (mirror is null))
        {
            map.Mistake(
                map.Place,
                $"{map.PathOf("weight")} and {map.PathOf("mirror")} are {(weight is null ? "missing" : "both there")}; allowed: one of the two.");
        }

        var own = map.Optional(
            "bake",
            Bake,
            "How long the weight is held at least before it is judged; rollout.bake without it.",
            given.Argument("--bake", given.Bake)) ?? bake with { Place = map.Place };
        var most = map.Optional(
            "untilEvidence",
            Formats.Time(TimeSpan.FromSeconds(1), Longest),
            "How long the step waits at most, from its beginning, until each gate has its Pass evidence; without it the bake alone decides.");
        if (most is { IsGood: true } && own is { IsGood: true, Place.IsArgument: false } && most.Value < own.Value)
        {
            map.Mistake(
                most.Place,
                $"{map.PathOf("untilEvidence")} is {Duration.Format(most.Value)}; allowed: at least the step's bake, {Duration.Format(own.Value)}.");
        }

        return new(weight ?? new Field<int>(0, map.Place, IsGood: mirror is not null), own)
        {
            Mirror = mirror,
            UntilEvidence = most,
            Gates = _gates.ReadList(map, "The gates of this step alone."),
        };
    }

    private static ImmutableArray<StepReading> OfPreset(Field<string>? preset, int by, Field<TimeSpan> bake, Place place)
    {
        StepReading At(int weight) => new(new Field<int>(weight, preset?.Place ?? place), bake);
        return preset?.Value switch
        {
            "allAtOnce" => [],
            Linear => [.. Enumerable.Range(1, 99 / by).Select(step => At(step * by))],
            "shadowThenCanary" => [At(0) with { Mirror = new Field<int>(20, preset.Place) }, At(10), At(50)],
            _ => [At(10), At(50)],
        };
    }

    private ImmutableArray<StepReading> WithWeights(
        MapReader map, ImmutableArray<int> weights, ImmutableArray<StepReading> steps, Field<TimeSpan> bake)
    {
        var place = given.PlaceOf("--steps");
        if (weights.IsEmpty)
        {
            map.Mistake(place, $"The list is empty; allowed: 1 to {MostSteps} weights.");
            return steps;
        }

        ImmutableArray<StepReading> live = [.. steps.Where(step => step.Mirror is null)];
        return [.. steps.Where(step => step.Mirror is not null), .. weights.Select((weight, i) =>
        {
            if (!Weight.IsAllowed(weight))
            {
                map.Mistake(place, $"The value has {weight}; allowed: {Weight.Allowed}.");
            }

            var field = new Field<int>(weight, place, Weight.IsAllowed(weight));
            return live.IsEmpty ? new StepReading(field, bake) : live[Math.Min(i, live.Length - 1)] with { Weight = field };
        })];
    }
}
