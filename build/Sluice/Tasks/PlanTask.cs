using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Inspection;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Sessions;

namespace Sluice.Tasks;

/// <summary>What a rollout would do, how long it would take and what its gates would see; nothing is changed.</summary>
[TaskName("Plan")]
[TaskDescription("What a rollout would do, how long it would take and what its gates would see; nothing is changed.")]
[TaskExample("", "what a rollout would do now")]
[TaskExample("--config=config/prod.json --through=promote --detailed-exit-code", "for a pipeline: exit code 10 when there is something to change")]
[TaskExample("--output=json", "for programs")]
[TaskExample("--output=markdown", "for a pull request")]
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
        context.Show(outlook.State, plan, PlanText.Lines(plan), PlanMarkdown.Lines(plan), plan.HasChanges);
        if (ExitCode.OfPlan(outlook.Forecast.End, plan.HasChanges, parameters.HasDetailedExitCode) is not ExitCode.Done and var code)
        {
            context.EndWith(code);
        }
    }
}
