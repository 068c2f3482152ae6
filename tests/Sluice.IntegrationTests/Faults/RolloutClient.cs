using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Journal;
using Sluice.AzureML.Telemetry;
using Sluice.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;
using Sluice.Webhooks;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// What processes of a whole rollout have, from an empty workspace to the clean-up: the real service layer and the journal, on a way to the
/// service that the test lays.
/// </summary>
internal sealed class RolloutClient : IDisposable
{
    /// <summary>Where nothing goes wrong nothing takes so long, however busy the machine is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>
    /// Two minutes of an operation's time-out pass in less than three seconds, and still are far longer than any operation here takes.
    /// </summary>
    private const int TimesFaster = 50;

    private static readonly TimeSpan ShortBake = TimeSpan.FromSeconds(1);

    private static readonly Stage[] Stages =
        [Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary, Stage.Promote, Stage.Cleanup];

    private readonly HttpClientTransport _transport;
    private readonly AzureConnection _connection;
    private readonly FastTime _time = new(TimesFaster);

    /// <summary>A client that has called nothing yet.</summary>
    /// <param name="there">The local Azure ML.</param>
    /// <param name="way">The way of the calls of ARM and blobs.</param>
    /// <param name="scoring">The way of the scoring requests.</param>
    public RolloutClient(EmulatorConnection there, HttpMessageHandler way, HttpMessageHandler scoring)
    {
        Spec = SpecOf(there);
        OperationTimeout = Patience;
        _transport = new HttpClientTransport(way);
        _connection = new AzureConnection(
            Spec.Workspace,
            _transport,
            scoring,
            new ArmEnvironment(there.ArmEndpoint, there.ArmEndpoint.GetLeftPart(UriPartial.Authority)),
            "https://ml.azure.com",
            _ => new StaticTokenCredential(new Secret(there.BearerToken)),
            new PlainMask(),
            DelayStrategy.CreateFixedDelayStrategy(TimeSpan.FromMilliseconds(1)));
    }

    public RolloutSpec Spec { get; }

    /// <summary>How long an operation may take, by the fast clock.</summary>
    public TimeSpan OperationTimeout { get; set; }

    /// <summary>Whether a run waits as long as another one holds the endpoint.</summary>
    public bool WaitsForLock { get; set; }

    /// <summary>The end of every way.</summary>
    public static SocketsHttpHandler HandlerFor(EmulatorConnection there) =>
        LoopbackHandler.Create(new LocalCloud(there.ArmEndpoint, there.CertificateSha256, new Secret(there.BearerToken)));

    /// <summary>Runs all stages as one process does.</summary>
    /// <param name="number">The process's number, by which the journal tells it from others.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RolloutEnd> RunAsync(int number, CancellationToken cancellationToken)
    {
        var process = new RunningProcess("the test's", number, DateTimeOffset.UnixEpoch);
        using var webhook = new HttpWebhook(_time);
        await using var rollout = new Rollout(
            Spec,
            new AzureMLWorkspace(_connection, OperationTimeout, _time),
            new EvidenceSources(
                new ScoringClient(_connection, TimeSpan.FromMinutes(10), _time), new MonitorTelemetry(_connection), webhook, _ => null),

            // Its lease runs on the service's clock, and so does the proof that it is held.
            new JournalBlob(_connection, Spec.Endpoint.Name, OperationTimeout, TimeProvider.System),
            [],
            _time,
            new RunRequest
            {
                Stages = Stages,
                NewRolloutId = $"r-{Guid.NewGuid():N}"[..10],
                Actor = "the test",
                Process = process,
                Runs = other => other == process,
                WaitForLock = WaitsForLock,
            });
        try
        {
            var result = await rollout.RunAsync(Stages[0], cancellationToken);
            foreach (var stage in Stages.Skip(1).TakeWhile(_ => result.Outcome == Outcome.Done))
            {
                result = await rollout.RunAsync(stage, cancellationToken);
            }

            return new(result.Outcome, $"{result.Stage}: {result.Why}");
        }
        catch (RolloutException error)
        {
            return new(null, error.Message);
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _transport.Dispose();
    }

    private static RolloutSpec SpecOf(EmulatorConnection there)
    {
        var reading = SpecReader.Read(Path.Combine(Repository.Root, "config", "local.json"), SpecOverrides.None);
        var spec = reading.Spec ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Mistakes));
        return spec with
        {
            Workspace = spec.Workspace with
            {
                SubscriptionId = there.SubscriptionId,
                ResourceGroup = there.ResourceGroup,
                Name = there.Workspace,
            },
            Strategy = spec.Strategy with
            {
                // Every kind of call is made, and none more often than it has to be.
                Steps = [.. spec.Strategy.Steps.Select(step => step with { Bake = ShortBake })],
                FinalBake = ShortBake,
                Gate = spec.Strategy.Gate with { ProbesPerLook = 5, MinimumProbes = 5, LookInterval = ShortBake },
            },
        };
    }
}
