using Cake.Frosting;
using Cake.Json;
using Sluice.CommandLine;
using Sluice.Inspection;
using Sluice.Output;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Sessions;

namespace Sluice.Tasks;

/// <summary>What a rollout would do, how long it would take and what its gates would see; nothing is changed.</summary>
[TaskName("Plan")]
[TaskDescription("What a rollout would do, how long it would take and what its gates would see; nothing is changed.")]
public sealed class PlanTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        var parameters = context.Parameters;
        var spec = context.Spec;
        await using var connection = await context.ConnectAsync();
        var request = RolloutSession.RequestOf(parameters, parameters.PlannedStages, RunActor.Of(context), TimeProvider.System);
        var outlook = await Outlook.OfAsync(
            spec, connection.Workspace, connection.Journal, TimeProvider.System, request, context.CancellationToken);
        var plan = PlanDocument.Of(spec, outlook, RolloutFigures.Of(spec), parameters.Notes);
        context.Print(parameters.Output switch
        {
            OutputForm.Json => [context.SerializeJsonPretty(plan)],
            OutputForm.Markdown => PlanMarkdown.Lines(plan),
            _ => PlanText.Lines(plan),
        });
        if (parameters.HasDetailedExitCode && plan.HasChanges)
        {
            context.EndWith(ExitCode.Changes);
        }
    }
}
