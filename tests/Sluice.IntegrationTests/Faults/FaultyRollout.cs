using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A whole rollout against a local Azure ML of its own, in which things go wrong by a schedule.</summary>
internal sealed class FaultyRollout : IAsyncDisposable
{
    private readonly RunningEmulator _emulator;
    private readonly RouteJudge _judge;
    private readonly SocketsHttpHandler _handler;
    private readonly CandidateWay _scoring;
    private readonly RolloutClient _client;
    private int _runs;

    private FaultyRollout(RunningEmulator emulator, RouteJudge judge, FaultSchedule schedule)
    {
        _emulator = emulator;
        _judge = judge;
        _handler = RolloutClient.HandlerFor(emulator.Connection);
        Way = new FaultyWay(_handler, schedule.OnTheWay);
        _scoring = new CandidateWay(_handler, Leftovers.Candidate, schedule.GoodAnswers, judge.CandidateAnswered);
        _client = new RolloutClient(emulator.Connection, Way, _scoring);
        if (schedule != FaultSchedule.Nothing)
        {
            _client.OperationTimeout = _client.Spec.Strategy.OperationTimeout;
        }
    }

    public FaultyWay Way { get; }

    /// <summary>What was broken of what must always hold, by what the service did.</summary>
    public IReadOnlyList<string> Broken => _judge.Broken;

    public static async Task<FaultyRollout> StartAsync(FaultSchedule schedule)
    {
        var judge = new RouteJudge(Leftovers.Endpoint, Leftovers.Candidate);
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
    public Task<RolloutEnd> RunAsync() => _client.RunAsync(++_runs, CancellationToken.None);

    /// <summary>From now on nothing goes wrong. A candidate that has turned bad stays bad.</summary>
    public async Task MendAsync()
    {
        Way.Mend();
        _client.OperationTimeout = RolloutClient.Patience;

        // A lock that could not be freed ends by the service's clock, which is slower than the client's.
        _client.WaitsForLock = true;
        (await _emulator.Http.DeleteAsync("/admin/faults")).EnsureSuccessStatusCode().Dispose();
    }

    /// <summary>What is wrong with what a good end has left; null when nothing is.</summary>
    /// <param name="outcome">Done or rolled back.</param>
    public Task<string?> FaultOfEndAsync(Outcome outcome) => Leftovers.FaultAsync(_emulator, outcome);

    /// <summary>Whether the endpoint answers callers: null when it does, or has never had any traffic; otherwise why not.</summary>
    public Task<string?> FaultOfServiceAsync() =>
        _judge.HasServed ? Leftovers.FaultOfScoringAsync(_emulator) : Task.FromResult<string?>(null);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Way.Dispose();
        _scoring.Dispose();
        _handler.Dispose();
        await _emulator.DisposeAsync();
    }
}
