using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Inspection;
using Sluice.Output;
using Sluice.Rollouts.Diagnosis;
using Sluice.Sessions;

namespace Sluice.Tasks;

/// <summary>What a first run trips over is looked for, and what to do about it is said; nothing is changed.</summary>
[TaskName("Doctor")]
[TaskDescription("What a first run trips over is looked for, and what to do about it is said; nothing is changed.")]
[TaskExample("--config=config/prod.json", "what is in the way of a first rollout; exit code 1 when something is")]
[TaskExample("--output=json", "for programs")]
public sealed class DoctorTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        var parameters = context.Parameters;
        await using var connection = await context.ConnectForDiagnosisAsync();
        var examination = new Examination(context.Spec, connection.Facts, parameters.CommandFor, TimeProvider.System);
        var document = DoctorDocument.Of(
            context.Spec,
            [
                MachineChecks.Sdk(InstalledSdk.Of(context)),
                MachineChecks.Configuration(parameters.Config ?? "config/local.json", parameters.Notes.Length),
                .. await examination.RunAsync(context.CancellationToken),
            ],
            parameters.Notes);
        context.Print(parameters.Output == OutputForm.Json
            ? context.JsonLines(document)
            : DoctorText.Lines(document, parameters.CommandFor));
        if (!document.IsClear)
        {
            context.EndWith(ExitCode.Failed);
        }
    }
}
