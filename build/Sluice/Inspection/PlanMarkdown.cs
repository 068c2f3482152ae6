using Sluice.Output;
using Sluice.Rollouts.Planning.Changes;

namespace Sluice.Inspection;

/// <summary>The plan for pull requests and step summaries, in GitHub's Markdown.</summary>
internal static class PlanMarkdown
{
    private const int BarWidth = 10;

    /// <summary>The lines of a plan.</summary>
    public static IEnumerable<string> Lines(PlanDocument plan)
    {
        string[] head =
        [
            $"## Plan for endpoint {MarkdownText.Plain(plan.Endpoint)}",
            "",
            MarkdownText.Plain($"Workspace {plan.Workspace}: {PlanSentences.Headline(plan)}"),
        ];
        IEnumerable<string>[] sections =
        [
            head,
            Bullets("Warnings", plan.Warnings),
            Changes(plan),
            Traffic(plan),
            Timetable(plan),
            Figures(plan),
            Instances(plan),
            Bullets("Notes", plan.Notes),
        ];
        return sections.Select(section => section.ToList()).Where(section => section.Count > 0)
            .SelectMany(section => section[^1].Length == 0 ? section : section.Append(""))
            .SkipLast(1)
            .Select(AgentCommands.Defuse);
    }

    private static IEnumerable<string> Changes(PlanDocument plan)
    {
        if (plan.Changes.Count > 0)
        {
            yield return "### What changes";
            yield return "";
            foreach (var line in MarkdownText.Block("diff", plan.Changes.SelectMany(Diff)))
            {
                yield return line;
            }
        }

        foreach (var upload in plan.Uploads)
        {
            yield return "";
            yield return MarkdownText.Plain(PlanSentences.Upload(upload));
        }
    }

    /// <summary>A field that changes is a line that goes and one that comes, as reviewers know it.</summary>
    private static IEnumerable<string> Diff(PlanDocument.ChangePart change)
    {
        yield return $"{PlanText.Sign(change.Kind)} {change.Title}{(change.Kind == ChangeKind.Deleted ? " (deleted)" : "")}";
        foreach (var field in change.Fields)
        {
            if (field.Now is { } now)
            {
                yield return $"-     {field.Name,-22} {now}";
            }

            if (field.Then is { } then)
            {
                yield return $"+     {field.Name,-22} {then}";
            }
        }
    }

    private static IEnumerable<string> Traffic(PlanDocument plan)
    {
        if (plan.Shifts.Count < 2)
        {
            return [];
        }

        string[] names =
        [
            .. plan.Shifts.SelectMany(shift => shift.Traffic.Keys.Concat(shift.MirrorTraffic.Keys)).Distinct().Order(StringComparer.Ordinal),
        ];
        return
        [
            "### Traffic",
            "",
            .. MarkdownText.Table(["from:", "stage", .. names], plan.Shifts.Select(Row)),
        ];

        string[] Row(PlanDocument.ShiftPart shift) =>
        [
            shift.Stage is null ? "now" : PlanSentences.Clock(shift.BeginsSeconds),
            $"{shift.Stage}",
            .. names.Select(name => Share(shift, name)),
        ];
    }

    private static string Share(PlanDocument.ShiftPart shift, string name) =>
        shift.MirrorTraffic.TryGetValue(name, out var mirrored) ? $"mirrors {mirrored} %"
        : shift.Traffic.TryGetValue(name, out var share) ? $"{Bars.Of(share, BarWidth)} {share} %"
        : "";

    private static IEnumerable<string> Timetable(PlanDocument plan) =>
    [
        "### Timetable",
        "",
        .. MarkdownText.Table(
            ["begins:", "takes, by experience", "stage", "action", "why"],
            plan.Actions.Select(Row).Append([PlanSentences.Clock(plan.ExpectedSeconds), "", "", "end", PlanSentences.End(plan)])),
    ];

    private static string[] Row(PlanDocument.ActionPart action) =>
    [
        PlanSentences.Clock(action.BeginsSeconds),
        PlanSentences.Takes(action),
        $"{action.Stage}",
        $"{(action.IsDeletion ? "DELETES: " : "")}{action.Action}",
        action.Why,
    ];

    private static IEnumerable<string> Figures(PlanDocument plan) => plan.Steps.Count == 0
        ? []
        :
        [
            "### What the steps would see",
            "",
            .. MarkdownText.Table(
                ["step", "time", "looks:", "probes:", "pairs:", "candidate's requests:", "stable's requests:"],
                plan.Steps.Select(PlanSentences.Cells)),
            .. plan.Steps.SelectMany(step => step.Gates.Select(figure =>
                Bullet($"{step.Title}, {figure.Gate}: {PlanSentences.Figure(figure, step.UntilEvidenceSeconds is not null)}"))),
            .. PlanSentences.OnFigures(plan).Select(Bullet),
        ];

    private static IEnumerable<string> Instances(PlanDocument plan) => plan.Instances.Count == 0
        ? []
        :
        [
            "### Instances",
            "",
            .. MarkdownText.Table(
                ["size", "now:", "at the peak:", "quota at the peak:", "at the end:", "instance-hours added:"], plan.Instances.Select(Row)),
            .. PlanSentences.OnInstances(plan).Select(Bullet),
        ];

    private static string[] Row(PlanDocument.InstancesPart size) =>
    [
        PlanSentences.Name(size),
        $"{size.Now}",
        $"{size.Peak}",
        size.Quota is { } quota ? $"{quota}" : "none",
        $"{size.Then}",
        PlanSentences.Hours(Math.Max(0, size.AddedHours)),
    ];

    private static IEnumerable<string> Bullets(string title, IReadOnlyCollection<string> sentences) =>
        sentences.Count == 0 ? [] : [$"### {title}", "", .. sentences.Select(Bullet)];

    private static string Bullet(string text) => $"- {MarkdownText.Plain(text)}";
}
