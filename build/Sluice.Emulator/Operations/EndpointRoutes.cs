using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Operations;

/// <summary>The endpoints as the front door sees them: a snapshot that is made anew with every change of the workspace.</summary>
internal sealed class EndpointRoutes : IEndpointRoutes
{
    private readonly Lock _refreshing = new();
    private readonly RunningContainers _containers;
    private readonly TimeProvider _time;
    private readonly string _bearerToken;
    private readonly Action<RouteChange>? _changed;
    private WorkspaceState _state;
    private volatile Snapshot _snapshot;

    /// <summary>Follows the workspace.</summary>
    /// <param name="store">The workspace.</param>
    /// <param name="containers">The containers that run.</param>
    /// <param name="time">The clock by which tokens end.</param>
    /// <param name="bearerToken">What opens endpoints that take Microsoft Entra tokens.</param>
    /// <param name="changed">Told of each snapshot.</param>
    public EndpointRoutes(
        WorkspaceStore store, RunningContainers containers, TimeProvider time, string bearerToken, Action<RouteChange>? changed)
    {
        _containers = containers;
        _time = time;
        _bearerToken = bearerToken;
        _changed = changed;
        _state = store.Current;
        Show(Take(_state));
        store.Changing += Follow;
    }

    /// <inheritdoc/>
    public EndpointRoute? Find(string endpointName)
    {
        if (_time.GetUtcNow() >= _snapshot.ValidUntil)
        {
            Refresh();
        }

        return _snapshot.Routes.GetValueOrDefault(endpointName);
    }

    /// <summary>Takes the snapshot anew: a container has started, or a token has ended.</summary>
    public void Refresh()
    {
        lock (_refreshing)
        {
            Show(Take(_state));
        }
    }

    private void Follow(WorkspaceState state)
    {
        lock (_refreshing)
        {
            _state = state;
            Show(Take(state));
        }
    }

    [MemberNotNull(nameof(_snapshot))]
    private void Show(Snapshot snapshot)
    {
        var earliest = _time.GetTimestamp();
        _snapshot = snapshot;
        var latest = _time.GetTimestamp();
        _changed?.Invoke(new RouteChange(
            earliest,
            latest,
            [.. snapshot.Routes.Values.Select(route => new LiveRoute(route.Name, route.Traffic, [.. route.Deployments.Keys]))]));
    }

    private Snapshot Take(WorkspaceState state)
    {
        var now = _time.GetUtcNow();
        return new Snapshot(
            state.Endpoints.Values
                .Where(endpoint => endpoint.HasSucceeded)
                .ToFrozenDictionary(endpoint => endpoint.Name, endpoint => RouteOf(state, endpoint, now), StringComparer.OrdinalIgnoreCase),
            state.Endpoints.Values
                .SelectMany(endpoint => endpoint.Tokens)
                .Select(token => token.ExpiresAt)
                .Where(end => end > now)
                .DefaultIfEmpty(DateTimeOffset.MaxValue)
                .Min());
    }

    private EndpointRoute RouteOf(WorkspaceState state, Endpoint endpoint, DateTimeOffset now) => new(
        endpoint.Name,
        AcceptedBy(endpoint, now),
        endpoint.Content.AuthMode == AuthModes.Key ? null : [.. endpoint.Tokens.Where(token => token.ExpiresAt <= now).Select(token => token.Value)],
        new Dictionary<string, int>(endpoint.Content.Traffic, StringComparer.OrdinalIgnoreCase),
        new Dictionary<string, int>(endpoint.Content.MirrorTraffic, StringComparer.OrdinalIgnoreCase),
        state.DeploymentsOf(endpoint.Name)
            .Select(RouteOf)
            .OfType<DeploymentRoute>()
            .ToDictionary(route => route.Name, StringComparer.OrdinalIgnoreCase));

    private DeploymentRoute? RouteOf(Deployment deployment) =>
        deployment.Container is { } id && _containers.Find(id) is { } container
            ? new DeploymentRoute(
                deployment.Name,
                deployment.Content.MaxConcurrentRequests,
                deployment.Content.InstanceCount,
                deployment.Content.RequestTimeout,
                deployment.Content.ComputeType == DeploymentContent.Kubernetes ? FrontDoorStatuses.Kubernetes : FrontDoorStatuses.Managed,
                container)
            : null;

    private IReadOnlyCollection<string> AcceptedBy(Endpoint endpoint, DateTimeOffset now) => endpoint.Content.AuthMode switch
    {
        AuthModes.Key => [endpoint.Keys.Primary, endpoint.Keys.Secondary],
        AuthModes.AmlToken => [.. endpoint.Tokens.Where(token => token.ExpiresAt > now).Select(token => token.Value)],
        _ => [_bearerToken],
    };

    private sealed record Snapshot(FrozenDictionary<string, EndpointRoute> Routes, DateTimeOffset ValidUntil);
}
