using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Assets;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Endpoints;
using Sluice.AzureML.Faults;
using Sluice.AzureML.Models;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.AzureML;

/// <summary>A workspace of Azure Machine Learning, reached through ARM.</summary>
public sealed class AzureMLWorkspace : IWorkspace
{
    private static readonly TimeSpan RefreshBeforeEnd = TimeSpan.FromMinutes(5);

    private readonly AzureConnection _connection;
    private readonly TimeSpan _operationTimeout;
    private readonly TimeProvider _time;
    private readonly MachineLearningOnlineEndpointCollection _endpoints;
    private readonly RecentReads _recent;
    private readonly EndpointTurn _turn;
    private readonly EndpointLook _look;
    private readonly WorkspaceModels _models;
    private readonly RegistryModels _registries;
    private readonly AssetRegistry _assets;

    /// <summary>A service that has answered once is waited for when it falls silent; one that never did is more likely named wrongly.</summary>
    private volatile bool _hasAnswered;

    private Func<CancellationToken, Task<WriteLeave>> _mayWrite = _ => Task.FromResult(WriteLeave.Free);

    /// <summary>A workspace at the end of a connection; nothing is called yet.</summary>
    /// <param name="connection">The way to it. It stays the caller's to dispose of.</param>
    /// <param name="operationTimeout">The longest time that one call may take; above zero.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operationTimeout"/> is not above zero.</exception>
    public AzureMLWorkspace(AzureConnection connection, TimeSpan operationTimeout, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(operationTimeout, TimeSpan.Zero);
        _connection = connection;
        _operationTimeout = operationTimeout;
        _time = time;
        _endpoints = connection.Workspace.GetMachineLearningOnlineEndpoints();
        _recent = new RecentReads(time);
        _turn = new EndpointTurn(_endpoints, _recent, token => _mayWrite(token));
        _look = new EndpointLook(connection, _recent);
        _models = new WorkspaceModels(connection, BeginWriteAsync);
        _registries = new RegistryModels(connection);
        _assets = new AssetRegistry(connection, BeginWriteAsync);
    }

    /// <summary>How long its operations usually take, so that they are asked for when their ends are due; null when that is not known.</summary>
    public UsualTimes? UsualTimes { get; init; }

    /// <inheritdoc/>
    public async Task<WorkspaceState> ObserveAsync(ModelSpec model, string endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        var call = Begin($"read model {model.Name} and endpoint {endpoint}", progress: null);
        var state = await WorkspaceCall.RunAsync(call.Name, () => ReadAsync(call, LookAsync, cancellationToken), cancellationToken);
        _hasAnswered = true;
        return state;

        async Task<WorkspaceState> LookAsync()
        {
            var models = _models.ListAsync(model, cancellationToken);
            var shared = _registries.ListAsync(
                new[] { model.Candidate, model.Baseline }.OfType<RegistryModel>(), cancellationToken);
            var found = _look.AtAsync(endpoint, cancellationToken);
            await Task.WhenAll(models, shared, found);
            return new WorkspaceState([.. await models, .. await shared], (await found).Endpoint);
        }
    }

    /// <inheritdoc/>
    public void Forget()
    {
        _recent.Forget();
        _models.Forget();
    }

    /// <inheritdoc/>
    public void GuardWrites(Func<CancellationToken, Task<WriteLeave>> mayWrite) => _mayWrite = mayWrite;

    /// <inheritdoc/>
    public async Task AwaitSettledAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await RunAsync(
            $"wait until endpoint {endpoint} is settled",
            progress,
            usual: null,
            call => _turn.AwaitAllSettledAsync(call, endpoint, cancellationToken),
            cancellationToken);
        Forget();
    }

    /// <inheritdoc/>
    public Task<ModelVersion> RegisterModelAsync(
        ModelRegistration registration, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var call = Begin($"register {registration.Folder.Path} as the next version of model {registration.Name}", progress);
        return WorkspaceCall.RunAsync(
            call.Name, () => _models.RegisterAsync(call, registration, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task CreateEndpointAsync(EndpointSpec endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return RunAsync(
            $"create endpoint {endpoint.Name}",
            progress,
            UsualTimes?.Endpoint,
            call => new EndpointWrite(_connection.Workspace, _endpoints, _turn).RunAsync(call, endpoint, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task CreateDeploymentAsync(
        DeploymentRequest deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return RunAsync(
            $"create deployment {deployment.Name} of endpoint {deployment.Endpoint}",
            progress,
            UsualTimes?.Deployment,
            async call =>
            {
                // Like a read, it may be repeated without harm: what a try before has written is found and used.
                var assets = await call.ReadAsync(() => _assets.ResolveAsync(call, deployment.Spec, cancellationToken), cancellationToken);
                var model = ModelIds.Of(_connection.Workspace.Id, deployment.Model);
                await new DeploymentWrite(_turn).RunAsync(call, deployment, model, assets, cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetTrafficAsync(TrafficChange change, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return RunAsync(
            $"set the traffic of endpoint {change.Endpoint} to [{change.Wanted}]",
            progress,
            UsualTimes?.EndpointChange,
            call => new TrafficWrite(_endpoints, _turn).RunAsync(call, change, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetMarkAsync(string endpoint, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return RunAsync(
            $"mark endpoint {endpoint}",
            progress: null,
            UsualTimes?.EndpointChange,
            call => new MarkWrite(_turn).RunAsync(call, endpoint, expected, mark, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task TagDeploymentAsync(
        string endpoint, string deployment, string name, string value, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(
            $"tag deployment {deployment} of endpoint {endpoint}",
            progress,
            usual: null,
            call => new DeploymentTagWrite(_turn).RunAsync(call, endpoint, deployment, name, value, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteDeploymentAsync(
        string endpoint, string deployment, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(
            $"delete deployment {deployment} of endpoint {endpoint}",
            progress,
            UsualTimes?.DeploymentEnd,
            call => _turn.WriteAsync(
                call,
                endpoint,
                deployment,
                there => Task.FromResult<Func<Task<Operation>>?>(there is null
                    ? null
                    : async () => await Deployment(endpoint, deployment).DeleteAsync(WaitUntil.Started, cancellationToken)),
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteEndpointAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(
            $"delete endpoint {endpoint}",
            progress,
            UsualTimes?.Endpoint,
            call => _turn.WriteAsync(
                call,
                endpoint,
                deployment: null,
                there => Task.FromResult<Func<Task<Operation>>?>(there is null
                    ? null
                    : async () => await there.DeleteAsync(WaitUntil.Started, cancellationToken)),
                cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<string> GetLogsAsync(
        string endpoint, string deployment, ContainerKind container, int lines, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 1);
        return WorkspaceCall.RunAsync(
            $"read the log of deployment {deployment} of endpoint {endpoint}",
            () => ContainerLogs.ReadAsync(Deployment(endpoint, deployment), container, lines, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RegenerateKeyAsync(
        string endpoint, EndpointKey key, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(
            $"regenerate the {(key == EndpointKey.Primary ? "primary" : "secondary")} key of endpoint {endpoint}",
            progress,
            UsualTimes?.EndpointChange,
            call => new KeyWrite(_endpoints, _turn, _connection.Mask).RunAsync(call, endpoint, key, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ScoringAccess> GetScoringAccessAsync(string endpoint, CancellationToken cancellationToken)
    {
        var call = Begin($"get access to the scoring of endpoint {endpoint}", progress: null);
        return WorkspaceCall.RunAsync(
            call.Name,
            async () =>
            {
                var found = _recent.EndpointOf(endpoint)?.Resource ?? (await ReadAsync(
                    call, () => _connection.Workspace.GetMachineLearningOnlineEndpointAsync(endpoint, cancellationToken), cancellationToken)).Value;
                var properties = found.Data.Properties;
                return properties.ScoringUri is { } uri
                    ? await AccessAsync(call, found, uri, properties.AuthMode, cancellationToken)
                    : throw Refusal(404, "NoScoringUri", "The endpoint has no scoring URI, because it was never created successfully.");
            },
            cancellationToken);
    }

    /// <summary>Asks for leave to write what is sent at once.</summary>
    private async Task BeginWriteAsync(CancellationToken cancellationToken)
    {
        while (!(await _mayWrite(cancellationToken)).TryBegin())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static RequestFailedException Refusal(int status, string code, string message) =>
        new(status, message, code, innerException: null);

    private async Task<ScoringAccess> AccessAsync(
        LongCall call,
        MachineLearningOnlineEndpointResource endpoint,
        Uri uri,
        MachineLearningEndpointAuthMode mode,
        CancellationToken cancellationToken)
    {
        if (mode == MachineLearningEndpointAuthMode.AadToken)
        {
            var own = await _connection.GetScoringTokenAsync(cancellationToken);
            return new ScoringAccess(uri, Given(own.Token))
            {
                RefreshAt = own.RefreshOn ?? RefreshOf(own.ExpiresOn),
                ExpiresAt = own.ExpiresOn,
            };
        }

        if (mode == MachineLearningEndpointAuthMode.AmlToken)
        {
            var token = (await ReadAsync(call, () => endpoint.GetTokenAsync(cancellationToken), cancellationToken)).Value;
            return new ScoringAccess(uri, Given(token.AccessToken)) { RefreshAt = token.RefreshOn ?? RefreshOf(token.ExpireOn), ExpiresAt = token.ExpireOn };
        }

        var keys = (await ReadAsync(call, () => endpoint.GetKeysAsync(cancellationToken), cancellationToken)).Value;
        return new ScoringAccess(uri, Given(keys.PrimaryKey)) { SpareKey = keys.SecondaryKey is { } spare ? Given(spare) : null };
    }

    private Secret Given(string? key) =>
        key is null ? throw Refusal(500, "NoKey", "The service gave neither key nor token.") : _connection.Mask.Hide(key);

    /// <summary>When to ask for another token where nobody says: as the credentials of Azure.Identity do with their own.</summary>
    private static DateTimeOffset? RefreshOf(DateTimeOffset? end) => end - RefreshBeforeEnd;

    private MachineLearningOnlineDeploymentResource Deployment(string endpoint, string deployment) =>
        _connection.Client.GetMachineLearningOnlineDeploymentResource(
            _connection.Endpoint(endpoint).Id.AppendChildResource("deployments", deployment));

    /// <summary>Reads, with patience where the service has answered before.</summary>
    private Task<T> ReadAsync<T>(LongCall call, Func<Task<T>> read, CancellationToken cancellationToken) =>
        _hasAnswered ? call.ReadAsync(read, cancellationToken) : read();

    private LongCall Begin(string name, IProgress<OperationProgress>? progress, TimeSpan? usual = null) =>
        new(name, _operationTimeout, progress, _time, usual);

    private Task RunAsync(
        string name,
        IProgress<OperationProgress>? progress,
        TimeSpan? usual,
        Func<LongCall, Task> body,
        CancellationToken cancellationToken)
    {
        var call = Begin(name, progress, usual);
        return WorkspaceCall.RunAsync(name, () => body(call), cancellationToken);
    }
}
