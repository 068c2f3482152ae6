using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>
/// A workspace with the service's rules: an update shows the old traffic until it is done, a deployment with traffic can't
/// be deleted, traffic sums to 0 or 100 and names what exists. Written apart from the planner's predictions.
/// </summary>
internal sealed class InMemoryWorkspace(ManualTime time) : IWorkspace
{
    /// <summary>Calls after which a rehearsal counts as endless: many times what the longest one needs.</summary>
    private const int MostCalls = 10_000;

    private readonly Lock _lock = new();
    private readonly List<Func<WorkspaceState, WorkspaceState>> _underWay = [];
    private int _calls;
    private Func<CancellationToken, Task<WriteLeave>> _mayWrite = _ => Task.FromResult(WriteLeave.Free);

    /// <summary>What is there. Setting it is what somebody else does.</summary>
    public WorkspaceState State { get; set; } = new([], null);

    public EndpointState Endpoint
    {
        get => State.Endpoint ?? throw new InvalidOperationException("There is no endpoint.");
        set => State = State with { Endpoint = value };
    }

    /// <summary>How long each write takes.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.Zero;

    /// <summary>How a deployment ends that is being created or changed.</summary>
    public Func<DeploymentState, ProvisioningState> SettlesAs { get; set; } = _ => ProvisioningState.Succeeded;

    /// <summary>Whether a failed creation is told to the caller; false for a service that calls it a success.</summary>
    public bool TellsFailures { get; set; } = true;

    /// <summary>Called at each point of each call.</summary>
    public Action<Call> OnCall { get; set; } = _ => { };

    /// <summary>Called for each write when the service takes it.</summary>
    public Action<Write> OnWrite { get; set; } = _ => { };

    /// <summary>What a caller of the endpoint is given; null for a key that is always the same.</summary>
    public Func<ScoringAccess>? Access { get; set; }

    /// <summary>What the service does to regenerate a key.</summary>
    public Action<EndpointKey> Regenerate { get; set; } = _ => { };

    public int Calls => _calls;

    public List<string> Writes { get; } = [];

    /// <summary>Lets a test act at a point of a call; also used by the scoring side.</summary>
    public void Reach(string name, CallMoment moment, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Assert.That(_calls, Is.LessThan(MostCalls), "The rehearsal does not end.");
            OnCall(new(_calls++, name, moment));
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public void GuardWrites(Func<CancellationToken, Task<WriteLeave>> mayWrite) => _mayWrite = mayWrite;

    public Task<WorkspaceState> ObserveAsync(ModelSpec model, string endpoint, CancellationToken cancellationToken) =>
        Run(() =>
        {
            Reach("observe", CallMoment.Before, cancellationToken);
            return State with { Models = [.. State.Models.Where(version => version.Registry is not null || version.Name == model.Name)] };
        });

    public Task AwaitSettledAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        Run(() =>
        {
            Reach("await settled", CallMoment.Before, cancellationToken);
            progress?.Report(new("Updating", TimeSpan.Zero));
            Settle();
            Reach("await settled", CallMoment.After, cancellationToken);
            return true;
        });

    public Task<ModelVersion> RegisterModelAsync(
        ModelRegistration registration,
        IProgress<OperationProgress>? progress,
        CancellationToken cancellationToken) =>
        Run(() =>
        {
            Reach("register model", CallMoment.Before, cancellationToken);
            AskGuard(cancellationToken);
            var numbers = State.Models.Where(model => model.Name == registration.Name).Select(model => Number(model.Version));
            var version = (numbers.DefaultIfEmpty(0).Max() + 1).ToString(CultureInfo.InvariantCulture);
            var made = new ModelVersion(registration.Name, version, registration.Tags.GetValueOrDefault(RoleTags.Digest))
            {
                Type = registration.Folder.Type,
            };
            Take(new("register model", State, made));
            State = State with { Models = [made, .. State.Models] };
            time.Advance(Latency);
            Reach("register model", CallMoment.After, cancellationToken);
            return made;
        });

    public Task CreateEndpointAsync(EndpointSpec endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        WriteAsync(
            "create endpoint",
            endpoint.Name,
            state => state.Endpoint is null
                ? state with
                {
                    Endpoint = new()
                    {
                        Name = endpoint.Name,
                        State = ProvisioningState.Creating,
                        CreatedAt = time.GetUtcNow(),
                        AuthMode = endpoint.AuthMode,
                        Tags = endpoint.Tags,
                    },
                }
                : throw Refusal("create endpoint " + endpoint.Name, "it exists"),
            Of(found => found with
            {
                State = ProvisioningState.Succeeded,
                ScoringUri = new Uri($"https://{endpoint.Name}.example/score"),
            }),
            cancellationToken);

    public async Task CreateDeploymentAsync(
        DeploymentRequest deployment,
        IProgress<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var call = "create deployment " + deployment.Name;
        await WriteAsync(
            "create deployment",
            deployment,
            Of(endpoint => endpoint.Deployment(deployment.Name) is null && endpoint.ScoringUri is not null
                ? endpoint with
                {
                    Deployments = endpoint.Deployments.Insert(0, new()
                    {
                        Name = deployment.Name,
                        State = ProvisioningState.Creating,
                        ModelName = deployment.Model.Name,
                        ModelVersion = deployment.Model.Version,
                        ModelRegistry = deployment.Model.Registry,
                        InstanceType = deployment.Spec.InstanceType,
                        InstanceCount = deployment.Spec.InstanceCount,
                        MaxConcurrentRequests = deployment.Spec.RequestSettings?.MaxConcurrentRequestsPerInstance ?? 1,
                        CreatedAt = time.GetUtcNow(),
                        Tags = deployment.Tags,
                    }),
                }
                : throw Refusal(call, endpoint.ScoringUri is null ? "the endpoint was not created successfully" : "it exists")),
            state => state,
            cancellationToken);
        if (TellsFailures && Endpoint.Deployment(deployment.Name) is { IsReady: false } failed)
        {
            throw new WorkspaceCallException(call, "ResourceNotReady", $"it is {failed.State}", "the container's last words");
        }
    }

    public async Task SetTrafficAsync(TrafficChange change, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        await WriteAsync(
            "set traffic",
            change,
            Of(endpoint =>
            {
                if (!endpoint.Traffic.Equals(change.Expected) && !endpoint.Traffic.Equals(change.Wanted))
                {
                    throw new ForeignChangeException(change.Expected, endpoint.Traffic);
                }

                if (change.Wanted.Sum is not (0 or 100))
                {
                    throw Refusal("set traffic", $"[{change.Wanted}] sums to neither 0 nor 100");
                }

                return change.Wanted.Deployments.FirstOrDefault(name => endpoint.Deployment(name) is null) is { } missing
                    ? throw Refusal("set traffic", $"there is no deployment {missing}")
                    : endpoint with { State = ProvisioningState.Updating };
            }),
            Of(endpoint => endpoint with
            {
                State = ProvisioningState.Succeeded,
                Traffic = change.Wanted,
                MirrorTraffic = change.MirrorAfter(endpoint.MirrorTraffic),
                Tags = change.Mark?.WriteTo(endpoint.Tags) ?? endpoint.Tags,
            }),
            cancellationToken);
        if (!Endpoint.Traffic.Equals(change.Wanted))
        {
            throw new ForeignChangeException(change.Wanted, Endpoint.Traffic);
        }
    }

    public Task SetMarkAsync(string endpoint, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken) =>
        WriteAsync(
            "set mark",
            mark,
            Of(found => found.Mark == expected || found.Mark == mark ? found : throw new ForeignChangeException(expected, found.Mark)),
            Of(found => found with { Tags = mark.WriteTo(found.Tags) }),
            cancellationToken);

    public Task TagDeploymentAsync(
        string endpoint,
        string deployment,
        string name,
        string value,
        IProgress<OperationProgress>? progress,
        CancellationToken cancellationToken) =>
        WriteAsync(
            "tag deployment",
            (deployment, name, value),
            state => state,
            Of(found => found with
            {
                Deployments = [.. found.Deployments.Select(each => each.Name == deployment ? each with { Tags = each.Tags.SetItem(name, value) } : each)],
            }),
            cancellationToken);

    public Task DeleteDeploymentAsync(
        string endpoint,
        string deployment,
        IProgress<OperationProgress>? progress,
        CancellationToken cancellationToken) =>
        WriteAsync(
            "delete deployment",
            deployment,
            Of(found => found.Traffic[deployment] > 0 || found.MirrorTraffic[deployment] > 0
                ? throw Refusal($"delete deployment {deployment}", "it has a traffic weight that is not zero")
                : found with
                {
                    Deployments =
                    [
                        .. found.Deployments.Select(each =>
                            each.Name == deployment ? each with { State = ProvisioningState.Deleting } : each),
                    ],
                }),
            state => state,
            cancellationToken);

    public Task DeleteEndpointAsync(string endpoint, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        WriteAsync(
            "delete endpoint",
            endpoint,
            state => state with { Endpoint = state.Endpoint is { } found ? found with { State = ProvisioningState.Deleting } : null },
            state => state with { Endpoint = null },
            cancellationToken);

    public Task<string> GetLogsAsync(
        string endpoint,
        string deployment,
        ContainerKind container,
        int lines,
        CancellationToken cancellationToken) => Task.FromResult("the container's last words");

    public Task RegenerateKeyAsync(
        string endpoint, EndpointKey key, IProgress<OperationProgress>? progress, CancellationToken cancellationToken) =>
        Run(() =>
        {
            Reach("regenerate key", CallMoment.Before, cancellationToken);
            Regenerate(key);
            Reach("regenerate key", CallMoment.After, cancellationToken);
            return true;
        });

    public Task<ScoringAccess> GetScoringAccessAsync(string endpoint, CancellationToken cancellationToken) =>
        Run(() =>
        {
            Reach("get scoring access", CallMoment.Before, cancellationToken);
            return Access?.Invoke() ?? new ScoringAccess(
                Endpoint.ScoringUri ?? throw Refusal("get the key", "the endpoint was not created successfully"),
                new Secret("a key of the test"));
        });

    /// <summary>What is under way is done, and what was found busy with it.</summary>
    public void Settle()
    {
        foreach (var finish in _underWay)
        {
            State = finish(State);
        }

        _underWay.Clear();
        if (State.Endpoint is { } endpoint)
        {
            State = State with
            {
                Endpoint = endpoint.State == ProvisioningState.Deleting
                    ? null
                    : endpoint with
                    {
                        State = IsBusy(endpoint.State) ? ProvisioningState.Succeeded : endpoint.State,
                        ScoringUri = IsBusy(endpoint.State) ? endpoint.ScoringUri ?? new Uri("https://settled.example/score") : endpoint.ScoringUri,
                        Deployments =
                        [
                            .. endpoint.Deployments
                                .Where(deployment => deployment.State != ProvisioningState.Deleting)
                                .Select(deployment => IsBusy(deployment.State) ? deployment with { State = SettlesAs(deployment) } : deployment),
                        ],
                    },
            };
        }
    }

    private Task<bool> WriteAsync(
        string name,
        object change,
        Func<WorkspaceState, WorkspaceState> accept,
        Func<WorkspaceState, WorkspaceState> finish,
        CancellationToken cancellationToken) =>
        Run(() =>
        {
            Reach(name, CallMoment.Before, cancellationToken);
            AskGuard(cancellationToken);
            Settle();
            var accepted = accept(State);
            Take(new(name, State, change));
            State = accepted;
            _underWay.Add(finish);
            Reach(name, CallMoment.Accepted, cancellationToken);
            time.Advance(Latency);
            Settle();
            Reach(name, CallMoment.After, cancellationToken);
            return true;
        });

    /// <summary>As everything is in memory, what is asked has answered by the time that it returns.</summary>
    private void AskGuard(CancellationToken cancellationToken) =>
        Assert.That(_mayWrite(cancellationToken).GetAwaiter().GetResult().TryBegin());

    private void Take(Write write)
    {
        Writes.Add(write.Name);
        OnWrite(write);
    }

    private static bool IsBusy(ProvisioningState state) => state is not
        (ProvisioningState.Succeeded or ProvisioningState.Failed or ProvisioningState.Canceled);

    private static int Number(string version) => int.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Func<WorkspaceState, WorkspaceState> Of(Func<EndpointState, EndpointState> change) => state =>
        state with { Endpoint = change(state.Endpoint ?? throw Refusal("write", "the endpoint does not exist")) };

    private static WorkspaceCallException Refusal(string call, string message) => new(call, "BadRequest", message);

    internal static Task<T> Run<T>(Func<T> call)
    {
        try
        {
            return Task.FromResult(call());
        }
        catch (OperationCanceledException canceled)
        {
            return Task.FromCanceled<T>(canceled.CancellationToken);
        }
        catch (RolloutException refusal)
        {
            return Task.FromException<T>(refusal);
        }
    }
}
