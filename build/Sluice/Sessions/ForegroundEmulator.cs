using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Sessions;

/// <summary>Serves until it is cancelled, and says how to reach it.</summary>
internal static class ForegroundEmulator
{
    /// <summary>Runs until the token is cancelled; that is its normal end.</summary>
    /// <param name="spec">What is wanted; its cloud must be the local one.</param>
    /// <param name="mask">Takes the server's token in, which other steps of a pipeline may use and show.</param>
    /// <param name="print">Takes the lines to show.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(
        RolloutSpec spec, ISecretMask mask, Action<IEnumerable<string>> print, CancellationToken cancellationToken)
    {
        await using var local = await LocalWorkspace.OpenAsync(spec, cancellationToken);
        var connection = local.Connection;
        mask.Hide(connection.BearerToken);
        if (!local.IsServing)
        {
            print([$"Process {connection.ProcessId} serves it already."]);
        }

        var workspace = $"{connection.ArmEndpoint}subscriptions/{connection.SubscriptionId}/resourceGroups/{connection.ResourceGroup}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{connection.Workspace}";
        print(
        [
            "A local Azure ML is up.",
            $"  ARM          {connection.ArmEndpoint}",
            $"  workspace    {workspace}",
            $"  certificate  {connection.CertificatePath}",
            $"  token        in {spec.Emulator!.Folder}/connection.json (bearerToken), readable by you only",
            $"  faults       {connection.ArmEndpoint}admin/faults (GET, PUT, DELETE with the token)",

            // By standard input: the arguments of a process can be read by everybody on the machine.
            "  try          "
                + "sed -n 's/.*\"bearerToken\": *\"\\([^\"]*\\)\".*/Authorization: Bearer \\1/p' "
                + $"{spec.Emulator.Folder}/connection.json | curl --cacert {connection.CertificatePath} -H @- "
                + $"\"{workspace}/onlineEndpoints?api-version=2024-04-01\"",
        ]);
        if (!local.IsServing)
        {
            return;
        }

        print(["It runs until Ctrl-C."]);
        try
        {
            await local.Completion.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            print(["Stopped; its state is kept."]);
        }
    }
}
