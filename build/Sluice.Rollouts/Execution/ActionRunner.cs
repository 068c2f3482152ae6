using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>Turns each action into calls on the ports, and what came back into events.</summary>
internal sealed class ActionRunner(RolloutSpec spec, IWorkspace workspace, EvidenceSources sources, TimeProvider time)
{
    private readonly EvidenceGathering _evidence = new(spec, workspace, sources, time);

    /// <summary>Applies the action; when it returns, what was written can be read back.</summary>
    /// <param name="act">The action.</param>
    /// <param name="endpoint">The endpoint as it was seen when the action was decided on; null when there was none.</param>
    /// <param name="progress">Told of how far the service is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the journal has to know besides the action itself.</returns>
    public async Task<IReadOnlyList<JournalEvent>> ApplyAsync(
        ActDecision act,
        EndpointState? endpoint,
        IProgress<OperationProgress> progress,
        CancellationToken cancellationToken)
    {
        switch (act.Action)
        {
            case RegisterModel register:
                await RegisterAsync(register, progress, cancellationToken);
                break;
            case CreateEndpoint create:
                await workspace.CreateEndpointAsync(create.Endpoint, progress, cancellationToken);
                break;
            case AwaitSettled settle:
                await workspace.AwaitSettledAsync(settle.Endpoint, progress, cancellationToken);
                break;
            case CreateDeployment create:
                await workspace.CreateDeploymentAsync(
                    new(create.Endpoint, create.Name, create.Spec, create.Model, create.Tags), progress, cancellationToken);
                break;
            case SetTraffic shift:
                await workspace.SetTrafficAsync(shift.Change, progress, cancellationToken);
                break;
            case SetMark mark:
                await workspace.SetMarkAsync(mark.Endpoint, mark.Expected, mark.Mark, cancellationToken);
                break;
            case TagDeployment tag:
                await workspace.TagDeploymentAsync(tag.Endpoint, tag.Deployment, tag.Name, tag.Value, progress, cancellationToken);
                break;
            case Adopt or Approve:
                break;
            case DeleteDeployment delete:
                await workspace.DeleteDeploymentAsync(delete.Endpoint, delete.Deployment, progress, cancellationToken);
                break;
            case DeleteEndpoint delete:
                await workspace.DeleteEndpointAsync(delete.Endpoint, progress, cancellationToken);
                break;
            case SmokeTest smoke:
                return [await _evidence.SmokeTestAsync(smoke, cancellationToken)];
            case TakeLook look:
                return await _evidence.LookAsync(look, endpoint, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(act), act.Action, "There is no such action.");
        }

        return act.EventAt(time.GetUtcNow()) is { } happened ? [happened] : [];
    }

    private async Task RegisterAsync(RegisterModel register, IProgress<OperationProgress> progress, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var registering = workspace.RegisterModelAsync(new(register.Model, register.Folder, register.Tags), progress, both.Token);
        var creating = register.Beside is { } create
            ? workspace.CreateEndpointAsync(create.Endpoint, new ProgressAfter(registering, progress), both.Token)
            : Task.CompletedTask;

        // The first failure is the one to tell of. It ends the other's wait, but not what the service does, which the next run finds.
        var first = await Task.WhenAny(registering, creating);
        if (!first.IsCompletedSuccessfully)
        {
            await both.CancelAsync();
        }

        await Task.WhenAll(registering, creating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
        await registering;
        await creating;
    }

    /// <summary>Tells of one thing when another one, which is told of first, has ended.</summary>
    private sealed class ProgressAfter(Task other, IProgress<OperationProgress> progress) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value)
        {
            if (other.IsCompleted)
            {
                progress.Report(value);
            }
        }
    }
}
