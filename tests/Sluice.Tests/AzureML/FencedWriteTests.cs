using System.Collections.Immutable;
using System.Text.Json;
using Sluice.AzureML.Journal;
using Sluice.Emulator.Blobs;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureResourceManagerMachineLearning;
using Sluice.Tests.Journal;

namespace Sluice.Tests.AzureML;

/// <summary>A write rests on a look that came after the proof of the lock, and goes out while that proof is fresh.</summary>
[Category("Unit")]
internal sealed class FencedWriteTests
{
    private const string First = "sluice/heart/journal.jsonl";
    private const string Split = """{"blue":90,"green":10}""";
    private const string Half = """{"blue":50,"green":50}""";
    private const string Back = """{"blue":100}""";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Late = LockProof.Lasts + TimeSpan.FromTicks(1);
    private static readonly TrafficChange Change = new(
        "heart", Traffic.Split("blue", "green", 10), Traffic.Split("blue", "green", 50), Mark: null);

    private readonly RolloutMark _mark = new("r1", "blue", "green", RolloutStatus.Canary);
    private TestWorkspace _test = null!;
    private StillTime _time = null!;
    private AppendBlobs _blobs = null!;
    private JournalBlob _journal = null!;
    private string _traffic = "";

    [SetUp]
    public void Start()
    {
        _test = new TestWorkspace();
        _time = new StillTime();
        _blobs = new AppendBlobs(_time);
        StorageAnswers.Script(_test.Service);
        _blobs.Serve(_test.Service);
        _journal = new JournalBlob(_test.Connection, "heart", CallTimeout, _time);
        _traffic = Split;
        _test.Service
            .On("GET", "/onlineEndpoints/heart", _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded", _traffic)))
            .On("GET", "/onlineEndpoints/heart/deployments", 200, Arm.List(Arm.Deployment("green", "Succeeded")))
            .On("GET", "/models/heart/versions", 200, Arm.List())
            .On("PUT", "/onlineEndpoints/heart", _ =>
            {
                _traffic = Half;
                return ScriptedService.Answer(201, Arm.Endpoint("Updating", Split), ("Azure-AsyncOperation", Arm.PollUri));
            });
        _test.OperationSucceeds();
    }

    [TearDown]
    public void Stop() => _test.Dispose();

    [Test]
    public async Task A_run_whose_lease_was_broken_while_its_renewal_s_answer_was_on_its_way_writes_nothing()
    {
        await using var held = await LockAsync();
        OnRenewal(() =>
        {
            // Another run takes the lock over, and brings all traffic back.
            _blobs.Blobs[First] = _blobs.Blobs[First] with { Lease = Lease.Acquire(lease: null, Guid.NewGuid(), LeaseTime, _time.GetUtcNow()) };
            _traffic = Back;
            _time.Pass(TimeSpan.FromSeconds(8));
        });

        await Assert.ThrowsAsync<LockLostException>(SetTrafficAsync);

        Assert.That((Sent("PUT"), _traffic), Is.EqualTo((0, Back)));
    }

    [Test]
    public async Task What_somebody_else_changed_while_the_lock_was_asked_for_is_not_written_over()
    {
        await using var held = await LockAsync();
        OnRenewal(() => _traffic = Back);

        var foreign = await Assert.ThrowsAsync<ForeignChangeException>(SetTrafficAsync);

        Assert.That(foreign!.Message, Does.Contain("it is [blue 100 %]"));
        Assert.That((Sent("PUT"), _traffic), Is.EqualTo((0, Back)));
    }

    [Test]
    public async Task A_lock_that_is_proven_late_is_asked_for_again_and_the_write_goes_out()
    {
        await using var held = await LockAsync();
        OnRenewal(() => _time.Pass(Late));

        await SetTrafficAsync();

        Assert.That(Sent("PUT"), Is.EqualTo(1));
    }

    [Test]
    public async Task Where_every_answer_is_late_the_lock_counts_as_unproven_and_nothing_is_written()
    {
        await using var held = await LockAsync();
        _blobs.After = _ => _time.Pass(Late);

        var unproven = await Assert.ThrowsAsync<WorkspaceCallException>(SetTrafficAsync);

        Assert.That(unproven!.Message, Does.StartWith("Could not hold the journal sluice/heart/journal.jsonl").And.Contain(
            "The store takes longer than 3 s for each answer, by which the lock may be another's. Run the same command again"));
        Assert.That(Sent("PUT"), Is.Zero);
    }

    [Test]
    public async Task A_proof_that_grew_old_during_the_look_is_asked_for_again_and_so_is_the_look()
    {
        var (begun, asked) = (0, 0);
        _test.Workspace.GuardWrites(_ =>
        {
            asked++;
            return Task.FromResult(ProvenNow(() => begun++));
        });
        var looks = 0;
        _test.Service.On("GET", "/onlineEndpoints/heart", _ =>
        {
            if (++looks == 1)
            {
                _time.Pass(Late);
            }

            return ScriptedService.Answer(200, Arm.Endpoint("Succeeded", _traffic));
        });

        await SetTrafficAsync();

        var before = _test.Service.Requests.TakeWhile(request => request.Method != "PUT").Count();
        Assert.That((asked, before, begun), Is.EqualTo((2, 2, 1)));
    }

    [Test]
    public async Task Where_the_lock_is_lost_during_a_look_that_takes_long_nothing_is_written()
    {
        var asked = 0;
        _test.Workspace.GuardWrites(_ => asked++ == 0
            ? Task.FromResult(ProvenNow(Assert.Fail))
            : throw new LockLostException("the journal"));
        _test.Service.On("GET", "/onlineEndpoints/heart", _ =>
        {
            _time.Pass(Late);
            return ScriptedService.Answer(200, Arm.Endpoint("Succeeded", Split));
        });

        await Assert.ThrowsAsync<LockLostException>(SetTrafficAsync);

        Assert.That(Sent("PUT"), Is.Zero);
    }

    [Test]
    public async Task A_service_that_takes_long_for_every_look_is_given_up_after_minutes_and_nothing_is_written()
    {
        _test.Workspace.GuardWrites(_ => Task.FromResult(ProvenNow(Assert.Fail)));
        _test.Service.On("GET", "/onlineEndpoints/heart", _ =>
        {
            _time.Pass(Late);
            _test.Time.Pass(Late);
            return ScriptedService.Answer(200, Arm.Endpoint("Succeeded", Split));
        });

        var slow = await Assert.ThrowsAsync<WorkspaceCallException>(SetTrafficAsync);

        Assert.That(slow!.Message, Does.Contain("For 5 min each look").And.Contain("Run the same command again"));
        Assert.That(Sent("PUT"), Is.Zero);
    }

    [TestCase(0, 0)]
    [TestCase(3, 1)]
    public async Task What_was_seen_a_moment_ago_is_not_written_on_after_a_proof_that_took_longer(int seconds, int looks)
    {
        var marked = _mark with { Status = RolloutStatus.Passed };
        _test.Service.On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", Split, tags: TagsOf(_mark)));
        await _test.Workspace.ObserveAsync(new ModelSpec("heart", new WorkspaceModel("heart", "1"), null), "heart", CancellationToken.None);
        var seen = Sent("GET");
        _test.Workspace.GuardWrites(_ =>
        {
            _test.Time.Pass(TimeSpan.FromSeconds(seconds));
            return Task.FromResult(WriteLeave.Free);
        });
        _test.Service.On("PATCH", "/onlineEndpoints/heart", _ =>
        {
            Assert.That(Sent("GET") - seen, Is.EqualTo(looks));
            return ScriptedService.Answer(200, Arm.Endpoint("Succeeded", Split, tags: TagsOf(marked)));
        });

        await _test.Workspace.SetMarkAsync("heart", _mark, marked, CancellationToken.None);

        Assert.That(Sent("PATCH"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_deployment_is_deleted_only_on_a_proof_that_is_fresh_then()
    {
        var asked = 0;
        _test.Workspace.GuardWrites(_ => asked++ == 0
            ? Task.FromResult(ProvenNow(Assert.Fail))
            : throw new LockLostException("the journal"));
        _test.Service.On("GET", "/onlineEndpoints/heart/deployments/green", _ =>
        {
            _time.Pass(Late);
            return ScriptedService.Answer(200, Arm.Deployment("green", "Succeeded"));
        });

        await Assert.ThrowsAsync<LockLostException>(
            () => _test.Workspace.DeleteDeploymentAsync("heart", "green", progress: null, CancellationToken.None));

        Assert.That(Sent("DELETE"), Is.Zero);
    }

    [Test]
    public async Task A_lock_that_was_taken_away_says_so_and_one_that_was_free_does_not()
    {
        await using var free = await LockAsync();
        await using var taken = await LockAsync(takeOver: true);

        Assert.That((free.IsTakenAway, taken.IsTakenAway), Is.EqualTo((false, true)));
    }

    private TimeSpan LeaseTime => _journal.LeaseTime;

    private static string TagsOf(RolloutMark mark) => JsonSerializer.Serialize(
        mark.WriteTo(ImmutableSortedDictionary<string, string>.Empty));

    private WriteLeave ProvenNow(Action begin) => new(LockProof.AskedAt(_time, _time.GetTimestamp()), begin);

    /// <summary>Takes the lock, and lets each write ask for it.</summary>
    private async Task<IJournalLock> LockAsync(bool takeOver = false)
    {
        var held = await _journal.TryLockAsync(takeOver, CancellationToken.None) ?? throw new AssertionException("The lock was not to be had.");
        _test.Workspace.GuardWrites(async token => new(await held.RequireAsync(token), () => { }));
        return held;
    }

    /// <summary>Lets something happen after the next renewal has had its effect, while its answer is on its way.</summary>
    private void OnRenewal(Action happens) => _blobs.After = request =>
    {
        if (AppendBlobs.ActionOf(request) == "renew")
        {
            _blobs.After = _ => { };
            happens();
        }
    };

    private Task SetTrafficAsync() => _test.Workspace.SetTrafficAsync(Change, progress: null, CancellationToken.None);

    /// <summary>How many requests with that method went to the endpoint or below it.</summary>
    private int Sent(string method) => _test.Service.Requests.Count(
        request => request.Method == method && request.Path.Contains("/onlineEndpoints/heart", StringComparison.Ordinal)
            && (method != "GET" || request.Path.EndsWith("/heart", StringComparison.Ordinal)));

    /// <summary>A clock that stands still until time passes on it, and whose timers never fire.</summary>
    private sealed class StillTime : TimeProvider
    {
        private long _ticks = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
