using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Emulator;
using Sluice.IntegrationTests.Faults;
using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>
/// A process dies at every request of a rollout, before it, after its effect, and after its answer. The same command again, by another
/// process, ends where an undisturbed rollout ends, and the service saw no invariant broken in between.
/// </summary>
/// <remarks>
/// The run parameter EveryRead tries the repeated reads, too:
/// <c>dotnet test -- 'TestRunParameters.Parameter(name="EveryRead", value="true")'</c>.
/// </remarks>
[Category("Integration")]
[Category("Crash")]
internal sealed class CrashMatrixTests
{
    /// <summary>A rollout spends most of its time waiting.</summary>
    private const int AtOnce = 6;

    /// <summary>Longer than the lease of a process that died.</summary>
    private static readonly TimeSpan PastLease = TimeSpan.FromSeconds(20);

    [Test]
    public async Task A_rollout_ends_where_an_undisturbed_one_ends_wherever_its_process_dies()
    {
        // A run on a busy machine renews its lease and polls more often than most do: no process dies at a request that it does not make.
        var calls = (await CallsOfAnUndisturbedRunAsync()).Intersect(await CallsOfAnUndisturbedRunAsync()).ToList();
        var points = Thinned(calls)
            .SelectMany(call => Enum.GetValues<FaultMoment>().Select(moment => new CrashPoint(call, moment)))
            .ToList();
        var deaths = new ConcurrentBag<CrashPoint>();
        var faults = new ConcurrentBag<string>();
        var begin = Stopwatch.GetTimestamp();

        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            if (await TryAsync(point, deaths) is { } wrong)
            {
                faults.Add($"{point}: {wrong}");
            }
        });

        TestContext.Out.WriteLine(
            $"{points.Count} cases of the {calls.Count * 3} that {calls.Count} requests and 3 moments make, {deaths.Count} deaths, "
            + $"in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s");
        foreach (var kind in CallKind.All)
        {
            var ofKind = deaths.Where(point => kind.Includes(point.Call)).CountBy(point => point.Moment).OrderBy(count => count.Key);
            TestContext.Out.WriteLine($"{kind}: {string.Join(", ", ofKind.Select(count => $"{count.Key} {count.Value}"))}");
        }

        Assert.That(faults, Is.Empty, string.Join(Environment.NewLine, faults.Order(StringComparer.Ordinal)));

        // How often an operation is polled and a lease renewed differs from run to run.
        Assert.That(deaths, Has.Count.GreaterThan(points.Count * 3 / 4));
        Assert.That(CallKind.All.Where(kind => !deaths.Any(point => kind.Includes(point.Call))), Is.Empty, "No process died at these.");
    }

    private static async Task<IReadOnlyList<Call>> CallsOfAnUndisturbedRunAsync()
    {
        var record = new ServiceRecord();
        await using var emulator = await RunningEmulator.StartAsync(watch: record, routeChanged: record.Note);
        using var way = new MortalWay(RolloutClient.HandlerFor(emulator.Connection), end: null);
        Assert.That(await LiveAsync(emulator, way, process: 1), Is.Null);
        Assert.That(await Leftovers.FaultAsync(emulator, Outcome.Done), Is.Null);
        Assert.That(record.Fault, Is.Null);
        return way.Calls;
    }

    /// <summary>Every write and every poll; of reads and probes that repeat the first and the last, unless all are asked for.</summary>
    private static IEnumerable<Call> Thinned(IReadOnlyList<Call> calls) => calls
        .GroupBy(call => (call.Method, call.Path))
        .SelectMany(group => group.First() is { IsRead: true, IsPoll: false } && !TestContext.Parameters.Get("EveryRead", false)
            ? group.Where(call => call.Occurrence == 1 || call.Occurrence == group.Count())
            : group);

    private static async Task<string?> TryAsync(CrashPoint point, ConcurrentBag<CrashPoint> deaths)
    {
        var record = new ServiceRecord();
        var time = new SettableTime();
        await using var emulator = await RunningEmulator.StartAsync(time: time, watch: record, routeChanged: record.Note);
        using (var dying = new MortalWay(RolloutClient.HandlerFor(emulator.Connection), point))
        {
            var said = await LiveAsync(emulator, dying, process: 1);
            if (dying.IsDead)
            {
                deaths.Add(point);
            }
            else if (said is not null)
            {
                return $"ended before with '{said}'";
            }
        }

        var journal = await WrittenJournal.ReadAsync(emulator);
        time.Advance(PastLease);
        using var way = new MortalWay(RolloutClient.HandlerFor(emulator.Connection), end: null);
        return await LiveAsync(emulator, way, process: 2) is { } again
            ? $"run again, it ended with '{again}'"
            : await Leftovers.FaultAsync(emulator, Outcome.Done) ?? record.Fault ?? await journal.FaultOfNextRunAsync(emulator);
    }

    /// <summary>Runs a process to its end or its death, and says what it said last: null when all was done.</summary>
    private static async Task<string?> LiveAsync(RunningEmulator emulator, MortalWay way, int process)
    {
        using var client = new RolloutClient(emulator.Connection, way, scoring: way);
        try
        {
            var end = await client.RunAsync(process, way.Process);
            return end.Outcome == Outcome.Done ? null : $"{end}";
        }
        catch (OperationCanceledException) when (way.IsDead)
        {
            return "The process is dead.";
        }
    }
}
