using System.Collections.Immutable;
using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Emulator;
using Sluice.Inspection;
using Sluice.Output;
using Sluice.Rollouts;
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
        var document = DoctorDocument.Of(
            context.Spec,
            [
                MachineChecks.Sdk(InstalledSdk.Of(context)),
                MachineChecks.Home(WrittenFolder.Home()),
                MachineChecks.Artifacts(WrittenFolder.Artifacts(parameters.Root)),
                MachineChecks.Workshop(WrittenFolder.Workshop(parameters.Root)),
                MachineChecks.Python(context.Spec, LocalAzure.Python),
                MachineChecks.Flavours(context.Spec),
                MachineChecks.Configuration(parameters.Config ?? "config/local.json", parameters.Notes.Length),
                .. await ExamineAsync(context),
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

    /// <summary>The checks of the workspace; where the local one does not start, that alone.</summary>
    private static async Task<ImmutableArray<CheckResult>> ExamineAsync(RolloutContext context)
    {
        WorkspaceConnection connection;
        try
        {
            connection = await context.ConnectForDiagnosisAsync();
        }
        catch (RolloutException error)
        {
            return [MachineChecks.LocalAzure(error.Message)];
        }

        await using (connection)
        {
            var examination = new Examination(context.Spec, connection.Facts, context.Parameters.CommandFor, TimeProvider.System);
            return await examination.RunAsync(context.CancellationToken);
        }
    }
}
