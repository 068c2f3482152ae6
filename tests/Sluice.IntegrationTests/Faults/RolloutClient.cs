using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Journal;
using Sluice.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// What one process of a rollout has: the real service layer and the journal, on a way to the service that the test lays. The rollout is a
/// whole one, from an empty workspace to the clean-up.
/// </summary>
internal sealed class RolloutClient : IDisposable
{
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
    private readonly int _process;

    /// <summary>A process that has not begun.</summary>
    /// <param name="there">The local Azure ML.</param>
    /// <param name="way">The way of the calls of ARM and blobs.</param>
    /// <param name="scoring">The way of the scoring requests.</param>
    /// <param name="process">The process's number, by which the journal tells it from others.</param>
    public RolloutClient(EmulatorConnection there, HttpMessageHandler way, HttpMessageHandler scoring, int process = 1)
    {
        _process = process;
        Spec = SpecOf(there);
        OperationTimeout = Spec.Strategy.OperationTimeout;
        _transport = new HttpClientTransport(way);
        _connection = new AzureConnection(
            Spec.Workspace,
            _transport,
            scoring,
            new ArmEnvironment(there.ArmEndpoint, there.ArmEndpoint.GetLeftPart(UriPartial.Authority)),
            "https://ml.azure.com",
            _ => new StaticTokenCredential(new Secret(there.BearerToken)),
            DelayStrategy.CreateFixedDelayStrategy(TimeSpan.FromMilliseconds(1)));
    }

    public RolloutSpec Spec { get; }

    /// <summary>How long an operation may take, by the fast clock.</summary>
    public TimeSpan OperationTimeout { get; init; }

    /// <summary>The end of every way.</summary>
    public static SocketsHttpHandler HandlerFor(EmulatorConnection there) =>
        LoopbackHandler.Create(new LocalCloud(there.ArmEndpoint, there.CertificateSha256, new Secret(there.BearerToken)));

    /// <summary>Runs all stages as one process does, and says how that ended: null when every stage was done.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        await using var rollout = new Rollout(
            Spec,
            new AzureMLWorkspace(_connection, OperationTimeout, _time),
            new ScoringClient(_connection, TimeSpan.FromMinutes(10), _time),
            new JournalBlob(_connection, Spec.Endpoint.Name, OperationTimeout, _time),
            [],
            _time,
            new RunRequest
            {
                Stages = Stages,
                NewRolloutId = $"r-{Guid.NewGuid():N}"[..10],
                Actor = "the test",
                Process = new("the test's", _process, DateTimeOffset.UnixEpoch),
            });
        try
        {
            foreach (var stage in Stages)
            {
                var result = await rollout.RunAsync(stage, cancellationToken);
                if (result.Outcome != Outcome.Done)
                {
                    return $"{stage} {result.Outcome}: {result.Why}";
                }
            }

            return null;
        }
        catch (RolloutException error)
        {
            return error.Message;
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
