using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A workspace in front of another one: each call that changes something is told before it goes on, or thrown out.</summary>
/// <param name="inner">The one that does the work.</param>
/// <param name="onChange">Takes each call that changes something; what it throws keeps the call from being made.</param>
internal sealed class WatchedWorkspace(IWorkspace inner, Action<MutatingCall> onChange) : IWorkspace
{
    public Task<WorkspaceState> ObserveAsync(ModelSpec model, string endpoint, CancellationToken cancellationToken) =>
        inner.ObserveAsync(model, endpoint, cancellationToken);

    public void Forget() => inner.Forget();

    public Task AwaitSettledAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        inner.AwaitSettledAsync(endpoint, progress, cancellationToken);

    public Task<ModelVersion> RegisterModelAsync(
        ModelRegistration registration, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Register(registration));
        return inner.RegisterModelAsync(registration, progress, cancellationToken);
    }

    public Task CreateEndpointAsync(EndpointSpec endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Create(endpoint));
        return inner.CreateEndpointAsync(endpoint, progress, cancellationToken);
    }

    public Task CreateDeploymentAsync(
        DeploymentRequest deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Create(deployment));
        return inner.CreateDeploymentAsync(deployment, progress, cancellationToken);
    }

    public Task SetTrafficAsync(TrafficChange change, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Shift(change));
        return inner.SetTrafficAsync(change, progress, cancellationToken);
    }

    public Task SetMarkAsync(string endpoint, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Mark(endpoint, expected, mark));
        return inner.SetMarkAsync(endpoint, expected, mark, cancellationToken);
    }

    public Task TagDeploymentAsync(
        string endpoint,
        string deployment,
        string name,
        string value,
        IProgress<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Tag(endpoint, deployment, name, value));
        return inner.TagDeploymentAsync(endpoint, deployment, name, value, progress, cancellationToken);
    }

    public Task DeleteDeploymentAsync(
        string endpoint, string deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Delete(endpoint, deployment));
        return inner.DeleteDeploymentAsync(endpoint, deployment, progress, cancellationToken);
    }

    public Task DeleteEndpointAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        onChange(MutatingCall.Delete(endpoint, deployment: null));
        return inner.DeleteEndpointAsync(endpoint, progress, cancellationToken);
    }

    public Task<string> GetLogsAsync(
        string endpoint, string deployment, ContainerKind container, int lines, CancellationToken cancellationToken) =>
        inner.GetLogsAsync(endpoint, deployment, container, lines, cancellationToken);

    public Task RegenerateKeyAsync(
        string endpoint, EndpointKey key, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        onChange(new("regenerate key", $"{key} of {endpoint}"));
        return inner.RegenerateKeyAsync(endpoint, key, progress, cancellationToken);
    }

    public Task<ScoringAccess> GetScoringAccessAsync(string endpoint, CancellationToken cancellationToken) =>
        inner.GetScoringAccessAsync(endpoint, cancellationToken);
}
