using Sluice.Rollouts.Analysis;

namespace Sluice.Output;

/// <summary>The last word of a run as Markdown, for an agent's page and for <c>artifacts/</c>.</summary>
internal static class SummaryMarkdown
{
    /// <summary>The lines of the text.</summary>
    /// <param name="title">The target.</param>
    /// <param name="summary">Where the endpoint is, and what to run next.</param>
    /// <param name="record">The stages, the gates, and what was shown.</param>
    /// <param name="verdict">How it ended, in a word.</param>
    public static IEnumerable<string> Lines(string title, Summary summary, RunRecord record, string verdict)
    {
        yield return $"## {title}: {verdict}";
        yield return "";
        if (summary.Parameters.Rehearsal is not null)
        {
            yield return "This was a rehearsal on a local Azure ML; nothing outside the agent was called.";
            yield return "";
        }

        if (summary.Failure is not null || summary.Results.Count > 0)
        {
            yield return MarkdownText.Plain(summary.Result);
            yield return "";
        }

        // What only looks shows all of it in its own lines.
        var parts = record.ShownAsMarkdown.Count > 0 ? record.ShownAsMarkdown
            : record.Shown.Count > 0 ? MarkdownText.Block("text", record.Shown)
            : OfStages(summary, record);
        foreach (var line in parts)
        {
            yield return line;
        }
    }

    /// <summary>The lines on a run that was refused for its command line or its configuration.</summary>
    /// <param name="title">The target.</param>
    /// <param name="verdict">How it ended, in a word.</param>
    /// <param name="mistakes">What is wrong.</param>
    public static IEnumerable<string> OfMistaken(string title, string verdict, IEnumerable<Annotation> mistakes) =>
    [
        $"## {title}: {verdict}",
        "",
        "Nothing was called, for this is wrong:",
        "",
        .. mistakes.Select(mistake => $"- {MarkdownText.Plain(mistake.Message)}"),
    ];

    private static IEnumerable<string> OfStages(Summary summary, RunRecord record)
    {
        if (summary.State?.Endpoint is { } endpoint)
        {
            yield return $"Endpoint **{MarkdownText.Plain(endpoint.Name)}** {MarkdownText.Plain(endpoint.ScoringUri?.ToString() ?? "")}".TrimEnd();
            yield return "";
            foreach (var line in MarkdownText.Table(
                ["deployment", "traffic", "serves", "state"],
                endpoint.DeploymentsByTraffic.Select(deployment => new[]
                {
                    deployment.Name, $"{endpoint.Traffic[deployment.Name]} %", deployment.Served, $"{deployment.State}",
                })))
            {
                yield return line;
            }
        }

        foreach (var line in MarkdownText.Table(["gate", "says", "why"], record.View.Gates.Select(Row)).Concat(MarkdownText.Table(
            ["stage", "ended as", "time", "why"], record.View.Stages.Where(stage => stage.Started is not null).Select(Row))))
        {
            yield return line;
        }

        if (summary.HasRequests)
        {
            yield return $"Requests of callers: {summary.RequestsCounted}.";
            yield return "";
        }

        yield return $"It took {MarkdownText.Plain(summary.Took)}.";
        yield return "";
        yield return "Next:";
        yield return "";
        foreach (var line in MarkdownText.Block("sh", summary.Next.ShellLines))
        {
            yield return line;
        }
    }

    private static string[] Row(GateReport report) => [report.Title, $"{report.Kind}", report.Sentence];

    private static string[] Row(StageProgress stage) =>
    [
        OutcomeText.Target(stage.Stage),
        stage.Outcome is { } outcome ? OutcomeText.Of(outcome) : "did not end",
        stage is { Started: { } started, Ended: { } ended } ? Durations.Text(ended - started) : "",
        stage.Text ?? "",
    ];
}
