using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Ports;

/// <summary>
/// The Azure Machine Learning workspace, as far as a rollout needs it. Every write waits until the service is done and what
/// it wrote can be read back; writes to an endpoint that is busy wait for their turn. A call that fails throws
/// <see cref="WorkspaceCallException"/>; one that takes longer than the spec's operation time-out does, too.
/// </summary>
public interface IWorkspace
{
    /// <summary>
    /// One look at the model's versions, the endpoint and its deployments. What was read a moment ago, and nobody here has written since, need
    /// not be read again.
    /// </summary>
    /// <param name="model">The model; where it names registries, the versions there are looked up, too.</param>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<WorkspaceState> ObserveAsync(ModelSpec model, string endpoint, CancellationToken cancellationToken);

    /// <summary>Says that time has passed: the next look reads what may have changed.</summary>
    void Forget()
    {
        // Nothing is kept unless an implementation says so.
    }

    /// <summary>
    /// Sets the check that runs before every attempt to write, the first one included. A retry may come minutes later, when the lock may be gone,
    /// and so may the first one, after an upload. What is only uploaded, under its hash, needs no lock. What a write depends on is read after the
    /// check and not before it: so whatever a run that took the lock has changed either ends the check or shows in what is read.
    /// </summary>
    /// <param name="mayWrite">Gives leave for one attempt; throws when nothing may be written, and the write then ends with that.</param>
    void GuardWrites(Func<CancellationToken, Task<WriteLeave>> mayWrite);

    /// <summary>Waits until the endpoint, and each of its deployments, is in a state that lasts; returns at once when it is missing.</summary>
    Task AwaitSettledAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Uploads the folder, unless it was uploaded before, and makes the next version of it.</summary>
    Task<ModelVersion> RegisterModelAsync(ModelRegistration registration, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Creates the endpoint, with no traffic.</summary>
    Task CreateEndpointAsync(EndpointSpec endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Creates the deployment. When it fails, the exception carries the container's log.</summary>
    Task CreateDeploymentAsync(DeploymentRequest deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the traffic and the mark in one call and reads them back; members and tags that are not the rollout's stay.
    /// </summary>
    /// <exception cref="ForeignChangeException">The map before the write, or the one read back, is neither the expected nor the wanted one.</exception>
    Task SetTrafficAsync(TrafficChange change, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Writes the mark alone; tags that are not the rollout's stay.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="expected">The mark that must still be there when the new one is written; null for none.</param>
    /// <param name="mark">The mark to write.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ForeignChangeException">The mark before the write is neither the expected nor the wanted one.</exception>
    Task SetMarkAsync(string endpoint, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken);

    /// <summary>Writes one tag of a deployment; all its other tags stay. A deployment that is missing needs none.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="name">The tag.</param>
    /// <param name="value">Its value.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends the call; an operation that has begun goes on.</param>
    Task TagDeploymentAsync(
        string endpoint, string deployment, string name, string value, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Deletes the deployment; one that is missing is deleted already.</summary>
    Task DeleteDeploymentAsync(string endpoint, string deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Deletes the endpoint with all its deployments; one that is missing is deleted already.</summary>
    Task DeleteEndpointAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>The last lines of a container's log.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="container">Which of its containers.</param>
    /// <param name="lines">How many lines at most, at least 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<string> GetLogsAsync(string endpoint, string deployment, ContainerKind container, int lines, CancellationToken cancellationToken);

    /// <summary>Regenerates one of the endpoint's keys; the other one stays as it is.</summary>
    /// <remarks>It is sent once: after an answer that was lost, the keys themselves say whether it arrived.</remarks>
    Task RegenerateKeyAsync(string endpoint, EndpointKey key, IProgress<OperationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>The scoring URI with a key or token, by the endpoint's auth mode.</summary>
    Task<ScoringAccess> GetScoringAccessAsync(string endpoint, CancellationToken cancellationToken);
}
