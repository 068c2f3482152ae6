using System.Globalization;
using Sluice.Output;
using Sluice.Rollouts.Planning.Figures;

namespace Sluice.Inspection;

/// <summary>The plan for people.</summary>
internal static class PlanText
{
    /// <summary>The lines of a plan.</summary>
    public static IEnumerable<string> Lines(PlanDocument plan)
    {
        yield return plan.Actions.Count == 0
            ? $"Endpoint {plan.Endpoint} in workspace {plan.Workspace}: nothing to do."
            : $"Endpoint {plan.Endpoint} in workspace {plan.Workspace}: {plan.Actions.Count} action{(plan.Actions.Count == 1 ? "" : "s")} ahead, "
                + $"{Time(plan)}.";
        foreach (var action in plan.Actions)
        {
            yield return $"  {(action.IsDeletion ? "DELETES" : ""),-8} {action.Stage,-8} {action.Action}: {AgentCommands.Defuse(action.Why)}";
        }

        yield return $"  {"end",-8} {PlainScreen.Words(plan.End.Outcome)}. {AgentCommands.Defuse(plan.End.Why)}";
        if (plan.Steps.Count > 0)
        {
            foreach (var line in Steps(plan).Prepend(""))
            {
                yield return line;
            }
        }

        foreach (var note in plan.Notes)
        {
            yield return $"Note: {AgentCommands.Defuse(note)}";
        }
    }

    private static IEnumerable<string> Steps(PlanDocument plan)
    {
        yield return Row("step", "time", "looks", "probes", "pairs", "candidate", "stable");
        foreach (var step in plan.Steps)
        {
            var longest = step.UntilEvidenceSeconds is { } most ? $", up to {Duration(most)}" : "";
            yield return Row(
                step.Title,
                Duration(step.BakeSeconds) + longest,
                Number(step.Looks),
                Number(step.Probes),
                Number(step.Pairs),
                Requests(step.CandidateRequests),
                Requests(step.StableRequests));
            foreach (var figure in step.Gates)
            {
                yield return $"      {figure.Gate}: {Sentence(figure, step.UntilEvidenceSeconds is not null)}";
            }
        }

        yield return "";
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

    private static string Sentence(PlanDocument.FigurePart figure, bool isAwaited)
    {
        var unit = figure.Unit switch
        {
            FigureUnit.Pairs => "pairs",
            FigureUnit.Minutes => "minutes of telemetry",
            _ => "requests of the candidate",
        };
        if (figure.Needed is not { } needed)
        {
            return $"no number of {unit} suffices in this step to {figure.About}";
        }

        var before = figure.Before > 0 ? $"{Number(figure.Before)} from before and " : "";
        var most = isAwaited && figure is { Kind: FigureKind.ProvePass, Most: { } there } && there > figure.Expected
            ? $", {Number(there)} at most"
            : "";
        var brings = figure.Expected is { } expected
            ? $"{before}{Number(expected)} expected{most} ({Coverage((figure.Before + expected) / needed)})"
            : "how many come is not known (rollout.traffic.requestsPerMinute)";
        return $"{Number(Math.Ceiling(needed))} {unit} to {figure.About}; {brings}";
    }

    private static string Row(string title, string time, string looks, string probes, string pairs, string candidate, string stable) =>
        $"  {title,-14} {time,-26} {looks,7} {probes,9} {pairs,9} {candidate,11} {stable,11}";

    private static string Time(PlanDocument plan)
    {
        var longest = plan.LongestSeconds > plan.ExpectedSeconds ? $", up to {Duration(plan.LongestSeconds)} where steps wait for evidence" : "";
        return $"about {Duration(plan.ExpectedSeconds)}{longest}";
    }

    private static string Duration(double seconds) => Durations.Text(TimeSpan.FromSeconds(seconds));

    private static string Requests(double? number) => number is { } known ? Number(known) : "?";

    private static string Number(double number) => Math.Round(number).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Coverage(double share) => share >= 1 ? "enough" : share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("#,0.##", CultureInfo.InvariantCulture) + " %";
}
