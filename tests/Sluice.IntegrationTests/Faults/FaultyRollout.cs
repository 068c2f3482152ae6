using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Journal;
using Sluice.Emulator;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// A whole rollout, from an empty workspace to the clean-up, through the real service layer against a local Azure ML of its own, in which
/// things go wrong by a schedule.
/// </summary>
internal sealed class FaultyRollout : IAsyncDisposable
{
    /// <summary>Two minutes of an operation's time-out pass in less than three seconds, far longer than any operation here takes.</summary>
    private const int TimesFaster = 50;

    /// <summary>Where nothing goes wrong nothing takes so long, however busy the machine is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly TimeSpan ShortBake = TimeSpan.FromSeconds(1);

    private static readonly Stage[] Stages =
        [Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary, Stage.Promote, Stage.Cleanup];

    private const string Endpoint = "heart-classifier";
    private const string Stable = "default";
    private const string Candidate = "green-2";

    private readonly RunningEmulator _emulator;
    private readonly RouteJudge _judge;
    private readonly SocketsHttpHandler _handler;
    private readonly CandidateWay _scoring;
    private readonly HttpClientTransport _transport;
    private readonly AzureConnection _connection;
    private readonly FastTime _time = new(TimesFaster);

    private TimeSpan _operationTimeout;
    private bool _isMended;
    private int _runs;

    private FaultyRollout(RunningEmulator emulator, RouteJudge judge, FaultSchedule schedule)
    {
        _emulator = emulator;
        _judge = judge;
        var there = emulator.Connection;
        Spec = SpecOf(there);
        _operationTimeout = schedule == FaultSchedule.Nothing ? Patience : Spec.Strategy.OperationTimeout;
        var cloud = new LocalCloud(there.ArmEndpoint, there.CertificateSha256, new Secret(there.BearerToken));
        _handler = LoopbackHandler.Create(cloud);
        Way = new FaultyWay(_handler, schedule.OnTheWay);
        _scoring = new CandidateWay(_handler, Candidate, schedule.GoodAnswers, judge.CandidateAnswered);
        _transport = new HttpClientTransport(Way);
        _connection = new AzureConnection(
            Spec.Workspace,
            _transport,
            _scoring,
            new ArmEnvironment(there.ArmEndpoint, there.ArmEndpoint.GetLeftPart(UriPartial.Authority)),
            "https://ml.azure.com",
            _ => new StaticTokenCredential(cloud.BearerToken),
            new PlainMask(),
            DelayStrategy.CreateFixedDelayStrategy(TimeSpan.FromMilliseconds(1)));
    }

    public RolloutSpec Spec { get; }

    public FaultyWay Way { get; }

    /// <summary>What was broken of what must always hold, by what the service did.</summary>
    public IReadOnlyList<string> Broken => _judge.Broken;

    public static async Task<FaultyRollout> StartAsync(FaultSchedule schedule)
    {
        var judge = new RouteJudge(Endpoint, Candidate);
        var emulator = await RunningEmulator.StartAsync(
            faults: schedule.InTheService?.ToJsonString(), seed: schedule.Seed, routeChanged: judge.Note);
        return new FaultyRollout(emulator, judge, schedule);
    }

    /// <summary>The calls of a rollout in which nothing goes wrong, in their order.</summary>
    public static async Task<IReadOnlyList<Call>> UndisturbedCallsAsync()
    {
        await using var rollout = await StartAsync(FaultSchedule.Nothing);
        var end = await rollout.RunAsync();
        Assert.That(end.Outcome, Is.EqualTo(Outcome.Done), $"{end}");
        Assert.That(await rollout.FaultOfEndAsync(Outcome.Done), Is.Null);
        return rollout.Way.Calls;
    }

    /// <summary>Runs all stages as one process does.</summary>
    public async Task<RolloutEnd> RunAsync()
    {
        var process = new RunningProcess("the test's", ++_runs, DateTimeOffset.UnixEpoch);
        await using var rollout = new Rollout(
            Spec,
            new AzureMLWorkspace(_connection, _operationTimeout, _time),
            new ScoringClient(_connection, TimeSpan.FromMinutes(10), _time),
            new JournalBlob(_connection, Spec.Endpoint.Name, _operationTimeout, _time),
            [],
            _time,
            new RunRequest
            {
                Stages = Stages,
                NewRolloutId = $"r-{Guid.NewGuid():N}"[..10],
                Actor = "the test",
                Process = process,
                Runs = other => other == process,

                // A lock that could not be freed ends by the service's clock, which is slower than this one.
                WaitForLock = _isMended,
            });
        try
        {
            var result = await rollout.RunAsync(Stages[0], CancellationToken.None);
            foreach (var stage in Stages.Skip(1).TakeWhile(_ => result.Outcome == Outcome.Done))
            {
                result = await rollout.RunAsync(stage, CancellationToken.None);
            }

            return new(result.Outcome, $"{result.Stage}: {result.Why}");
        }
        catch (RolloutException error)
        {
            return new(null, error.Message);
        }
    }

    /// <summary>From now on nothing goes wrong. A candidate that has turned bad stays bad.</summary>
    public async Task MendAsync()
    {
        Way.Mend();
        _isMended = true;
        _operationTimeout = Patience;
        (await _emulator.Http.DeleteAsync("/admin/faults")).EnsureSuccessStatusCode().Dispose();
    }

    /// <summary>What is wrong with what a good end has left; null when nothing is.</summary>
    /// <param name="outcome">Done or rolled back.</param>
    public async Task<string?> FaultOfEndAsync(Outcome outcome)
    {
        var endpoint = (await _emulator.Arm.GetAsync($"onlineEndpoints/{Endpoint}")).Json;
        var deployments = (await _emulator.Arm.GetAsync($"onlineEndpoints/{Endpoint}/deployments")).Json["value"]!.AsArray();
        var versions = (await _emulator.Arm.GetAsync($"models/{Spec.Model.Name}/versions")).Json["value"]!.AsArray();
        var states = deployments.Select(each => $"{each!["name"]} {each["properties"]!["provisioningState"]}");
        var found = string.Join(
            "; ",
            $"traffic {endpoint["properties"]!["traffic"]!.ToJsonString()}",
            $"deployments {string.Join(",", states.Order(StringComparer.Ordinal))}",
            $"versions {string.Join(",", versions.Select(each => (string?)each!["name"]).Order(StringComparer.Ordinal))}",
            $"tag {(string?)endpoint["tags"]!["model"]}, status {(string?)endpoint["tags"]!["sluice-status"]}",
            $"scores {await ScoreAsync() ?? "200"}");
        var (serves, left, status) = outcome == Outcome.Done
            ? (Candidate, $"{Candidate} Succeeded", "completed")
            : (Stable, $"{Stable} Succeeded,{Candidate} Succeeded", "rolled-back");
        var right =
            $$"""traffic {"{{serves}}":100}; deployments {{left}}; versions 1,2; tag heart-classifier, status {{status}}; scores 200""";
        return found == right ? null : $"found {found}";
    }

    /// <summary>Whether the endpoint answers callers: null when it does, or has never had any traffic; otherwise why not.</summary>
    public Task<string?> FaultOfServiceAsync() => _judge.HasServed ? ScoreAsync() : Task.FromResult<string?>(null);

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _transport.Dispose();
        Way.Dispose();
        _scoring.Dispose();
        _handler.Dispose();
        await _emulator.DisposeAsync();
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

    private async Task<string?> ScoreAsync()
    {
        var (status, _, body) = await HeartEndpoint.ScoreAsync(_emulator, path: $"onlineEndpoints/{Endpoint}");
        return status == HttpStatusCode.OK ? null : $"{(int)status} {body}";
    }
}
