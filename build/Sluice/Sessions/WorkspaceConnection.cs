using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Diagnosis;
using Sluice.AzureML.Journal;
using Sluice.AzureML.Telemetry;
using Sluice.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Diagnosis;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Sessions;

/// <summary>The way to a workspace: the real one, or the local one, which is started or attached to first.</summary>
internal sealed class WorkspaceConnection : IAsyncDisposable
{
    /// <summary>What Azure allows a request where the deployment says nothing.</summary>
    private static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(5);

    /// <summary>How long a run that has ended goes on serving another one, such as the Rollback that ended it.</summary>
    private static readonly TimeSpan GuestsLimit = TimeSpan.FromSeconds(30);

    private readonly AzureConnection _azure;
    private readonly LocalAzure? _local;

    private WorkspaceConnection(RolloutSpec spec, AzureConnection azure, LocalAzure? local, TimeProvider time, Func<IDisposable>? beginWork = null)
    {
        _azure = azure;
        _local = local;
        Workspace = new AzureMLWorkspace(azure, spec.Strategy.OperationTimeout, time) { UsualTimes = UsualTimes.Of(spec) };

        // Leases, single requests and their latencies are real even where the service's time is not.
        Journal = new JournalBlob(azure, spec.Endpoint.Name, spec.Strategy.OperationTimeout, TimeProvider.System);
        Callers = new ScoringClient(azure, ScoringTimeout(spec), TimeProvider.System);
        Scoring = beginWork is null ? Callers : new AnnouncedScoring(Callers, beginWork);
        Telemetry = new MonitorTelemetry(azure);
        Facts = new ServiceFacts(azure, TimeProvider.System);
        Greeting = local is null
            ? $"Workspace {spec.Workspace.Name} in {spec.Workspace.ResourceGroup}, {spec.Workspace.Cloud}."
            : $"Workspace {spec.Workspace.Name} on the local Azure ML at {local.Connection.ArmEndpoint} (latency {local.Connection.Latency.ToString().ToLowerInvariant()}"
                + (local.IsServing ? ")." : $", served by process {local.Connection.ProcessId}).")
                + (local.IsServing || spec.Emulator?.Faults is null ? "" : " Its faults are those of that process.");
    }

    /// <summary>The workspace.</summary>
    public IWorkspace Workspace { get; }

    /// <summary>Where the endpoint's journal is kept.</summary>
    public IJournalStore Journal { get; }

    /// <summary>Sends the rollout's own scoring requests.</summary>
    public IScoringClient Scoring { get; }

    /// <summary>Sends those of callers, who go by no clock of the rollout.</summary>
    public IScoringClient Callers { get; }

    /// <summary>Knows what callers met.</summary>
    public ITelemetry Telemetry { get; }

    /// <summary>Answers what a diagnosis asks.</summary>
    public IServiceFacts Facts { get; }

    /// <summary>One sentence that says where this leads.</summary>
    public string Greeting { get; }

    /// <summary>Opens the way. On the real Azure nothing is called yet.</summary>
    /// <exception cref="RolloutException">The local Azure ML can't start, or the credential lacks something.</exception>
    public static Task<WorkspaceConnection> OpenAsync(RolloutSpec spec, ISecretMask mask, CancellationToken cancellationToken) =>
        OpenAsync(spec, mask, AzureConnection.ToAzure, cancellationToken);

    /// <summary>Opens the way for a diagnosis. On the real Azure nothing is called yet, and what the credential lacks is told when it is asked.</summary>
    /// <exception cref="RolloutException">The local Azure ML can't start.</exception>
    public static Task<WorkspaceConnection> OpenForDiagnosisAsync(RolloutSpec spec, ISecretMask mask, CancellationToken cancellationToken) =>
        OpenAsync(spec, mask, AzureConnection.ToAzureForDiagnosis, cancellationToken);

    private static async Task<WorkspaceConnection> OpenAsync(
        RolloutSpec spec, ISecretMask mask, Func<WorkspaceSpec, ISecretMask, AzureConnection> toAzure, CancellationToken cancellationToken)
    {
        if (spec.Emulator is null)
        {
            return new(spec, toAzure(spec.Workspace, mask), local: null, TimeProvider.System);
        }

        return ToLocal(spec, await LocalWorkspace.OpenAsync(spec, cancellationToken), TimeProvider.System, mask);
    }

    /// <summary>Opens the way to a workspace of a rehearsal.</summary>
    /// <param name="spec">What is rehearsed.</param>
    /// <param name="time">The rehearsal's clock.</param>
    /// <param name="mask">Takes the secrets in.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RolloutException">The local Azure ML can't start.</exception>
    public static async Task<WorkspaceConnection> OpenRehearsalAsync(
        RolloutSpec spec, ScaledTime time, ISecretMask mask, CancellationToken cancellationToken) =>
        ToLocal(spec, await LocalWorkspace.StartFreshAsync(spec, time, cancellationToken), time, mask, time.BeginWork);

    /// <summary>Opens the way to a local Azure ML that runs already.</summary>
    /// <param name="spec">What is rolled out.</param>
    /// <param name="local">The local Azure ML; it is disposed of with the connection.</param>
    /// <param name="time">The clock that the local Azure ML goes by.</param>
    /// <param name="mask">Takes the secrets in.</param>
    /// <param name="beginWork">
    /// Called when a call or a request of the rollout begins; what it returns is disposed of when the answer has come. Null where nobody wants to
    /// know.
    /// </param>
    public static WorkspaceConnection ToLocal(
        RolloutSpec spec, LocalAzure local, TimeProvider time, ISecretMask mask, Func<IDisposable>? beginWork = null)
    {
        var cloud = new LocalCloud(
            local.Connection.ArmEndpoint,
            local.Connection.CertificateSha256,
            mask.Hide(local.Connection.BearerToken))
        {
            Ended = () => local.HasEnded
                ? $"The local Azure ML has ended, process {local.Connection.ProcessId}; its state is kept, and the same command starts it again."
                : null,
            BeginCall = beginWork,
        };
        return new(spec, AzureConnection.ToLocal(spec.Workspace, cloud, mask), local, time, beginWork);
    }

    /// <summary>Puts other faults in the place of those of the local Azure ML, which this process serves.</summary>
    /// <param name="faults">The faults, as <see cref="EmulatorSpec.Faults"/> has them.</param>
    /// <exception cref="InvalidOperationException">It leads to no local Azure ML, or to one that another process serves.</exception>
    public void ReplaceFaults(string faults) =>
        (_local ?? throw new InvalidOperationException("There is no local Azure ML to have faults.")).ReplaceFaults(faults);

    /// <summary>Closes the connections; a local Azure ML that this process serves stops, its state is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        _azure.Dispose();
        if (_local is not null)
        {
            await _local.AwaitGuestsAsync(GuestsLimit, CancellationToken.None);
            await _local.DisposeAsync();
        }
    }

    /// <summary>A request gets what its deployment allows it, and a moment for the way; so a 408 of the service is seen before ours.</summary>
    private static TimeSpan ScoringTimeout(RolloutSpec spec) =>
        new[] { spec.Blue, spec.Green }.Max(deployment => deployment.RequestSettings?.RequestTimeout ?? DefaultRequestTimeout) + OnTheWay;
}
