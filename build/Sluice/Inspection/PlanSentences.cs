using System.Globalization;
using Sluice.Output;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Figures;

namespace Sluice.Inspection;

/// <summary>What a plan says in sentences, whatever the form that it is printed in.</summary>
internal static class PlanSentences
{
    /// <summary>What lies ahead, in one sentence.</summary>
    public static string Headline(PlanDocument plan)
    {
        var longest = plan.LongestSeconds > plan.ExpectedSeconds ? $", up to {Duration(plan.LongestSeconds)} where steps wait for evidence" : "";
        return (plan.Actions.Count, plan.End.Outcome) switch
        {
            (0, Outcome.Done) => "nothing to do.",
            (0, var outcome) => $"{OutcomeText.Of(outcome)} before anything is done.",
            var (actions, _) => $"{OutcomeText.Ahead(actions)}, about {Duration(plan.ExpectedSeconds)}{longest}.",
        };
    }

    /// <summary>How it would end.</summary>
    public static string End(PlanDocument plan) => $"{OutcomeText.Of(plan.End.Outcome)}. {plan.End.Why}";

    /// <summary>An upload.</summary>
    public static string Upload(PlanDocument.UploadPart upload) =>
        $"{upload.Path} is uploaded as the next version of {upload.Model}: {upload.Files} file{(upload.Files == 1 ? "" : "s")}, "
        + $"{Number(upload.Bytes)} bytes ({Sizes.Text(upload.Bytes)}), unless they are there already.";

    /// <summary>How long an action takes, and what is waited for after it.</summary>
    public static string Takes(PlanDocument.ActionPart action) =>
        $"{Duration(action.TakesSeconds)}{(action.WaitsSeconds > 0 ? $", then held {Duration(action.WaitsSeconds)}" : "")}";

    private static string Time(PlanDocument.StepPart step) =>
        $"{Duration(step.BakeSeconds)}{(step.UntilEvidenceSeconds is { } most ? $", up to {Duration(most)}" : "")}";

    /// <summary>A step's row: its title, time, looks, probes, pairs, and the callers' requests on both deployments.</summary>
    public static string[] Cells(PlanDocument.StepPart step) =>
    [
        step.Title,
        Time(step),
        Number(step.Looks),
        Number(step.Probes),
        Number(step.Pairs),
        Requests(step.CandidateRequests),
        Requests(step.StableRequests),
    ];

    /// <summary>What the figures come to, one sentence each.</summary>
    public static IEnumerable<string> OnFigures(PlanDocument plan)
    {
        yield return plan.FalseRollback switch
        {
            { Gates: 0 } =>
                "No statistical gate can send the candidate back, so chance alone does it by failed probes only (rollout.gate.maximumErrorRate).",
            { Gates: 1, AtMost: var all } =>
                $"Chance alone has the one statistical gate send a good candidate back with a probability of at most {Percent(all)}, "
                + "however often it is asked.",
            { Gates: var gates, AtMost: var all, OfEachGate: var each } =>
                $"Chance alone has the {gates} statistical gates send a good candidate back with a probability of at most {Percent(all)} together, "
                + $"{Percent(each)} each, however often they are asked.",
        };
        if (plan.FalseRollback.OfProbes is { } ofProbes)
        {
            yield return $"Failed probes send back a candidate that fails as often as usual ({Percent(plan.Traffic.ErrorRate)}) with a probability of "
                + $"{Chance(ofProbes)}, beside that: the limit on them (rollout.gate.maximumErrorRate) is no test.";
        }

        var sent = plan.Steps.Sum(step => step.Probes);
        var pairs = plan.Steps.Sum(step => step.Pairs);
        var rows = $"{Number(sent)} probes{(pairs > 0 ? $", {Number(pairs)} of them as pairs to both deployments" : "")}";
        yield return plan.Traffic.RequestsPerMinute is null
            ? $"The looks send the candidate {rows}. What callers send is not known: rollout.traffic.requestsPerMinute says it."
            : $"Callers send the candidate {Number(plan.Steps.Sum(step => step.CandidateRequests ?? 0))} requests, copies included; the looks "
                + $"send it {rows}.";
        if (plan.Traffic.IsAssumed && plan.Steps.Any(step => step.Gates.Any(figure => figure.Kind != FigureKind.Minimum)))
        {
            yield return $"An error rate of {Percent(plan.Traffic.ErrorRate)} is assumed; rollout.traffic.errorRate says the usual one.";
        }
    }

    /// <summary>What the instances come to, one sentence each.</summary>
    public static IEnumerable<string> OnInstances(PlanDocument plan)
    {
        foreach (var size in plan.Instances)
        {
            var name = Name(size);
            if (size.Peak > size.Then && size.Peak > size.Now)
            {
                yield return $"While both versions are up, {name} needs {size.Peak} instances at once.";
            }

            if (size.Quota is { } quota)
            {
                yield return $"The quota must hold {quota} instances' cores of {name} at the peak: Azure reserves 20 % of each deployment for "
                    + "upgrades.";
            }

            yield return size.AddedHours > 0
                ? $"Until its end the run adds {Hours(size.AddedHours)} instance-hours of {name}; what they cost is not known here."
                : $"Until its end the run adds no instance-hours of {name}.";
            if (size.Then != size.Now)
            {
                yield return $"At its end there {(size.Then == 1 ? "is 1 instance" : $"are {size.Then} instances")} of {name}; now there "
                    + $"{(size.Now == 1 ? "is 1" : $"are {size.Now}")}.";
            }
        }
    }

    /// <summary>The size's name.</summary>
    public static string Name(PlanDocument.InstancesPart size) =>
        size.InstanceType.Length > 0 ? size.InstanceType : "the cluster's default instance type";

    /// <summary>What a gate needs and gets.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="isAwaited">Whether its step waits for evidence.</param>
    public static string Figure(PlanDocument.FigurePart figure, bool isAwaited)
    {
        if (figure.Needed is not { } needed)
        {
            return $"no number of {FigureUnits.Title(figure.Unit, 0)} suffices in this step to {figure.About}";
        }

        // Requests at another share are worth more or less than they are many.
        var before = figure switch
        {
            { Before: 0 } => "",
            { Unit: FigureUnit.Requests } => $"what came before is worth {Number(figure.Before)} at this share, and ",
            _ => $"{Number(figure.Before)} from before and ",
        };
        var most = isAwaited && figure is { Kind: FigureKind.ProvePass, Most: { } there } && there > figure.Expected
            ? $", {Number(there)} at most"
            : "";
        var brings = figure.Expected is { } expected
            ? $"{before}{Number(expected)} expected{most} ({Coverage((figure.Before + expected) / needed)})"
            : "how many come is not known (rollout.traffic.requestsPerMinute)";
        return $"{Number(needed)} {FigureUnits.Title(figure.Unit, needed)} to {figure.About}; {brings}";
    }

    /// <summary>A time on the run's clock.</summary>
    public static string Clock(double seconds) => Durations.Clock(TimeSpan.FromSeconds(seconds));

    /// <summary>Hours of instances.</summary>
    public static string Hours(double hours) => hours.ToString(Math.Abs(hours) < 0.1 ? "0.###" : "#,0.##", CultureInfo.InvariantCulture);

    private static string Requests(double? number) => number is { } known ? Number(known) : "?";

    private static string Number(double number) => Math.Round(number).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => Durations.Text(TimeSpan.FromSeconds(seconds));

    private static string Coverage(double share) => share >= 1 ? "enough" : (Math.Floor(share * 100) / 100).ToString("0 %", CultureInfo.InvariantCulture);

    private static string Chance(double probability) => probability switch
    {
        < 0.0001 => "less than 0.01 %",
        > 0.9999 => "more than 99.99 %",
        _ => Percent(probability),
    };

    private static string Percent(double share) => (share * 100).ToString("#,0.##", CultureInfo.InvariantCulture) + " %";
}
