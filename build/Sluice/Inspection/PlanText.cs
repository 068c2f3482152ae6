using Sluice.Output;
using Sluice.Rollouts.Planning.Changes;

namespace Sluice.Inspection;

/// <summary>The plan for people: what would change, then when, then what its gates would see, then what else there is to know.</summary>
internal static class PlanText
{
    private const int BarWidth = 10;

    /// <summary>The lines of a plan.</summary>
    public static IEnumerable<string> Lines(PlanDocument plan)
    {
        string[] head = [$"Endpoint {plan.Endpoint} in workspace {plan.Workspace}: {PlanSentences.Headline(plan)}"];
        string[] tail =
        [
            .. plan.Warnings.Select(warning => $"Warning: {AgentCommands.Defuse(warning)}"),
            .. plan.Notes.Select(note => $"Note: {AgentCommands.Defuse(note)}"),
        ];
        IEnumerable<string>[] sections = [head, Changes(plan), Traffic(plan), Timetable(plan), Figures(plan), Instances(plan), tail];
        return sections.Where(section => section.Any()).Aggregate((before, section) => before.Append("").Concat(section));
    }

    /// <summary>The sign of a change.</summary>
    public static char Sign(ChangeKind kind) => kind switch
    {
        ChangeKind.Created => '+',
        ChangeKind.Deleted => '-',
        _ => '~',
    };

    private static IEnumerable<string> Changes(PlanDocument plan)
    {
        foreach (var change in plan.Changes)
        {
            yield return $"  {Sign(change.Kind)} {change.Title}{(change.Kind == ChangeKind.Deleted ? "  DELETED" : "")}";
            foreach (var field in change.Fields)
            {
                var value = (field.Now, field.Then) switch
                {
                    (null, { } then) => change.Kind == ChangeKind.Created ? then : $"none → {then}",
                    ({ } now, null) => change.Kind == ChangeKind.Deleted ? now : $"{now} → none",
                    var (now, then) => $"{now} → {then}",
                };
                yield return $"      {field.Name,-22} {AgentCommands.Defuse(value)}";
            }
        }

        foreach (var upload in plan.Uploads)
        {
            yield return $"  {PlanSentences.Upload(upload)}";
        }
    }

    private static IEnumerable<string> Traffic(PlanDocument plan)
    {
        if (plan.Shifts.Count < 2)
        {
            yield break;
        }

        yield return "  traffic";
        foreach (var shift in plan.Shifts)
        {
            var when = shift.Stage is { } stage ? $"{PlanSentences.Clock(shift.BeginsSeconds),8} {stage}" : "now";
            var shares = shift.Traffic.Select(share => $"{share.Key,-14} {Bars.Of(share.Value, BarWidth)} {share.Value,3} %")
                .Concat(shift.MirrorTraffic.Select(share => $"{share.Key} mirrors {share.Value} %"))
                .DefaultIfEmpty("none");
            yield return $"  {when,-18} {string.Join("   ", shares)}";
        }
    }

    private static IEnumerable<string> Timetable(PlanDocument plan)
    {
        if (plan.Actions.Count > 0)
        {
            yield return $"  {"begins",8}  {"takes, by experience",-30} {"",-8} {"stage",-8} action";
        }

        foreach (var action in plan.Actions)
        {
            var mark = action.IsDeletion ? "DELETES" : "";
            yield return $"  {PlanSentences.Clock(action.BeginsSeconds),8}  {PlanSentences.Takes(action),-30} {mark,-8} {action.Stage,-8} "
                + $"{action.Action}: {AgentCommands.Defuse(action.Why)}";
        }

        yield return $"  {PlanSentences.Clock(plan.ExpectedSeconds),8}  {"end",-30} {"",-8} {AgentCommands.Defuse(PlanSentences.End(plan))}";
    }

    private static IEnumerable<string> Figures(PlanDocument plan)
    {
        if (plan.Steps.Count == 0)
        {
            yield break;
        }

        yield return Row(["step", "time", "looks", "probes", "pairs", "candidate", "stable"]);
        foreach (var step in plan.Steps)
        {
            yield return Row(PlanSentences.Cells(step));
            foreach (var figure in step.Gates)
            {
                yield return $"      {figure.Gate}: {PlanSentences.Figure(figure, step.UntilEvidenceSeconds is not null)}";
            }
        }

        yield return "";
        foreach (var sentence in PlanSentences.OnFigures(plan))
        {
            yield return sentence;
        }
    }

    private static IEnumerable<string> Instances(PlanDocument plan) => PlanSentences.OnInstances(plan);

    private static string Row(string[] cells) =>
        $"  {cells[0],-14} {cells[1],-26} {cells[2],7} {cells[3],9} {cells[4],9} {cells[5],11} {cells[6],11}";
}
