using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Output;
using Sluice.Reporting;

namespace Sluice.Tasks;

/// <summary>A rollout's report is made from the endpoint's journal, as one HTML file; nothing is changed.</summary>
[TaskName("Report")]
[TaskDescription("A rollout's report is made from the endpoint's journal, as one HTML file; nothing is changed.")]
[TaskExample("", "writes artifacts/report.html about the latest rollout of the endpoint")]
[TaskExample("--config=config/prod.json --rollout=20260105-120000-a1b2c3", "does so about an earlier one of the real endpoint")]
public sealed class ReportTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        await using var connection = await context.ConnectAsync();
        var report = await JournalReport.ReadAsync(connection.Journal, context.Parameters.Rollout, context.CancellationToken);
        var file = Path.Combine(ArtifactsFolder.Open(context.Parameters.Root), ReportFile.Name);
        await ReportFile.WriteAsync(file, report, context.CancellationToken);
        context.Print([$"{ArtifactsFolder.Shown(file)}  {ReportWords.Headline(report)}."]);
    }
}
