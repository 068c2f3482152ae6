using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A workspace in front of another one: each call that changes something is told before it goes on, or thrown out.</summary>
/// <param name="inner">The one that does the work.</param>
/// <param name="onChange">Takes each call that changes something, which is made when that has ended; what it throws keeps it from being made.</param>
internal sealed class WatchedWorkspace(IWorkspace inner, Func<MutatingCall, CancellationToken, Task> onChange) : IWorkspace
{
    public Task<WorkspaceState> ObserveAsync(ModelSpec model, string endpoint, CancellationToken cancellationToken) =>
        inner.ObserveAsync(model, endpoint, cancellationToken);

    public void Forget() => inner.Forget();

    public void GuardWrites(Func<CancellationToken, Task<WriteLeave>> mayWrite) => inner.GuardWrites(mayWrite);

    public Task AwaitSettledAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        inner.AwaitSettledAsync(endpoint, progress, cancellationToken);

    public async Task<ModelVersion> RegisterModelAsync(
        ModelRegistration registration, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Register(registration), cancellationToken);
        return await inner.RegisterModelAsync(registration, progress, cancellationToken);
    }

    public async Task CreateEndpointAsync(EndpointSpec endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Create(endpoint), cancellationToken);
        await inner.CreateEndpointAsync(endpoint, progress, cancellationToken);
    }

    public async Task CreateDeploymentAsync(
        DeploymentRequest deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Create(deployment), cancellationToken);
        await inner.CreateDeploymentAsync(deployment, progress, cancellationToken);
    }

    public async Task SetTrafficAsync(TrafficChange change, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Shift(change), cancellationToken);
        await inner.SetTrafficAsync(change, progress, cancellationToken);
    }

    public async Task SetMarkAsync(string endpoint, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Mark(endpoint, expected, mark), cancellationToken);
        await inner.SetMarkAsync(endpoint, expected, mark, cancellationToken);
    }

    public async Task TagDeploymentAsync(
        string endpoint,
        string deployment,
        string name,
        string value,
        IProgress<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Tag(endpoint, deployment, name, value), cancellationToken);
        await inner.TagDeploymentAsync(endpoint, deployment, name, value, progress, cancellationToken);
    }

    public async Task DeleteDeploymentAsync(
        string endpoint, string deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Delete(endpoint, deployment), cancellationToken);
        await inner.DeleteDeploymentAsync(endpoint, deployment, progress, cancellationToken);
    }

    public async Task DeleteEndpointAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await onChange(MutatingCall.Delete(endpoint, deployment: null), cancellationToken);
        await inner.DeleteEndpointAsync(endpoint, progress, cancellationToken);
    }

    public Task<string> GetLogsAsync(
        string endpoint, string deployment, ContainerKind container, int lines, CancellationToken cancellationToken) =>
        inner.GetLogsAsync(endpoint, deployment, container, lines, cancellationToken);

    public async Task RegenerateKeyAsync(
        string endpoint, EndpointKey key, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await onChange(new("regenerate key", $"{key} of {endpoint}"), cancellationToken);
        await inner.RegenerateKeyAsync(endpoint, key, progress, cancellationToken);
    }

    public Task<ScoringAccess> GetScoringAccessAsync(string endpoint, CancellationToken cancellationToken) =>
        inner.GetScoringAccessAsync(endpoint, cancellationToken);
}
