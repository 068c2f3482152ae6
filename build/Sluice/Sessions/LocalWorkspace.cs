using Sluice.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Spec;

namespace Sluice.Sessions;

/// <summary>The local Azure ML as the configuration describes it. No type of the server itself is touched where it only attaches.</summary>
internal static class LocalWorkspace
{
    /// <summary>Attaches to the local Azure ML, or starts it in this process.</summary>
    /// <exception cref="RolloutException">
    /// The configured cloud is not the local one, it can't start, or another process serves it although faults are to be injected; the sentence
    /// says why.
    /// </exception>
    public static async Task<LocalAzure> OpenAsync(RolloutSpec spec, CancellationToken cancellationToken)
    {
        var azure = await OpenAsync(spec, rehearsal: null, cancellationToken);
        if (azure.IsServing || spec.Emulator is not { HasInjection: true } emulator)
        {
            return azure;
        }

        // Whoever injects faults wants to see them met; a run without them would prove the opposite.
        var other = azure.Connection.ProcessId;
        await azure.DisposeAsync();
        throw new RolloutException(
            $"--inject has no effect: process {other} serves the local Azure ML of {emulator.Folder}, with its own faults. Nothing was called. End that "
            + "process, or rehearse with --rehearse, which has one of its own.");
    }

    /// <summary>Starts a local Azure ML in this process that knows nothing of earlier ones, and is no other run's.</summary>
    /// <param name="spec">What is rehearsed.</param>
    /// <param name="time">The rehearsal's clock. What lies between a request and its answer is measured by the machine's, as on Azure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RolloutException">Another rehearsal uses the folder, or it can't start; the sentence says why.</exception>
    public static async Task<LocalAzure> StartFreshAsync(RolloutSpec spec, ScaledTime time, CancellationToken cancellationToken)
    {
        var folder = await ResetAsync(spec, cancellationToken);
        var azure = await OpenAsync(spec, time, cancellationToken);
        if (!azure.IsServing)
        {
            var other = azure.Connection.ProcessId;
            await azure.DisposeAsync();
            throw new RolloutException($"Process {other} rehearses in {folder}; one rehearsal at a time has room there.");
        }

        return azure;
    }

    private static async Task<LocalAzure> OpenAsync(RolloutSpec spec, ScaledTime? rehearsal, CancellationToken cancellationToken)
    {
        var emulator = Local(spec);
        try
        {
            return await LocalAzure.OpenAsync(
                new()
                {
                    StateFolder = emulator.Folder,
                    Port = emulator.Port,
                    Latency = LatencyOf(emulator.Latency),
                    TimeScale = emulator.TimeScale,
                    Seed = emulator.Seed,
                    Faults = emulator.Faults,
                    SubscriptionId = spec.Workspace.SubscriptionId,
                    ResourceGroup = spec.Workspace.ResourceGroup,
                    Workspace = spec.Workspace.Name,
                    Time = (TimeProvider?)rehearsal ?? TimeProvider.System,
                    RequestTime = TimeProvider.System,
                    BeginWork = rehearsal is null ? null : rehearsal.BeginWork,
                },
                cancellationToken);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or TimeoutException or UnauthorizedAccessException)
        {
            throw new RolloutException($"The local Azure ML can't start: {error.Message}", error);
        }
    }

    /// <summary>Empties the state folder.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="RolloutException">The configured cloud is not the local one, or a process serves the folder.</exception>
    public static async Task<string> ResetAsync(RolloutSpec spec, CancellationToken cancellationToken)
    {
        var emulator = Local(spec);
        try
        {
            await LocalAzure.ResetAsync(emulator.Folder, cancellationToken);
            return emulator.Folder;
        }
        catch (Exception error) when (error is StateInUseException or IOException or UnauthorizedAccessException)
        {
            throw new RolloutException(error.Message, error);
        }
    }

    // Both sides have a type of their own, so neither may rely on the other's order.
    private static Emulator.LatencyProfile LatencyOf(Rollouts.Spec.LatencyProfile latency) => latency switch
    {
        Rollouts.Spec.LatencyProfile.Instant => Emulator.LatencyProfile.Instant,
        Rollouts.Spec.LatencyProfile.Demo => Emulator.LatencyProfile.Demo,
        Rollouts.Spec.LatencyProfile.Azure => Emulator.LatencyProfile.Azure,
        _ => throw new ArgumentOutOfRangeException(nameof(latency), latency, "There is no such latency profile."),
    };

    private static EmulatorSpec Local(RolloutSpec spec) => spec.Emulator
        ?? throw new RolloutException($"The configured workspace {spec.Workspace.Name} is in {spec.Workspace.Cloud}, not in the local cloud.");
}
