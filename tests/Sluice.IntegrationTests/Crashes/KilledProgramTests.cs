using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Emulator;
using Sluice.IntegrationTests.EndToEnd;
using Sluice.IntegrationTests.Faults;
using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>
/// The real program is killed at each moment of a request of each kind, drawn by a seed, and the same command is run again. The service
/// runs on meanwhile, and is asked what it saw.
/// </summary>
/// <remarks>
/// The run parameter Seed draws other requests: <c>dotnet test -- 'TestRunParameters.Parameter(name="Seed", value="7")'</c>.
/// </remarks>
[Category("Integration")]
[Category("Crash")]
internal sealed class KilledProgramTests
{
    /// <summary>The last target of the line runs all those before it.</summary>
    private const string WholeRollout = "--target=Cleanup";

    private const int LeastKills = 25;

    private static readonly int AtOnce = Math.Max(2, Environment.ProcessorCount);

    [Test]
    public async Task The_same_command_ends_where_an_undisturbed_one_ends_wherever_the_program_is_killed()
    {
        var seed = TestContext.Parameters.Get("Seed", 20261126);
        var requests = await RequestsOfAnUndisturbedRunAsync();
        var random = new Random(seed);
        var points = CallKind.All
            .SelectMany(kind => Enum.GetValues<FaultMoment>().Select(moment => (Kind: kind, Moment: moment)))
            .Select(each => (each.Kind, each.Moment, Occurrence: random.Next(SureRequests(requests, each.Kind)) + 1))
            .ToList();
        var kills = new ConcurrentBag<(CallKind Kind, FaultMoment Moment, bool IsCutOff)>();
        var faults = new ConcurrentBag<string>();
        var begin = Stopwatch.GetTimestamp();

        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            if (await TryAsync(point.Kind, point.Occurrence, point.Moment, kills) is { } wrong)
            {
                faults.Add($"{point.Moment} of {point.Kind} #{point.Occurrence}: {wrong}");
            }
        });

        TestContext.Out.WriteLine(
            $"{points.Count} cases, {kills.Count} kills, of which {kills.Count(kill => kill.IsCutOff)} left an unfinished run in the journal, "
            + $"in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s; seed {seed}");
        foreach (var kind in CallKind.All)
        {
            TestContext.Out.WriteLine(
                $"{kind}: {string.Join(", ", kills.Where(kill => kill.Kind == kind).Select(kill => kill.Moment).Order())}");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults, Is.Empty, string.Join(Environment.NewLine, faults.Order(StringComparer.Ordinal)));
            Assert.That(kills, Has.Count.GreaterThanOrEqualTo(LeastKills));
            Assert.That(kills.Select(kill => kill.Kind).Distinct(), Is.EquivalentTo(CallKind.All));
            Assert.That(kills.Any(kill => kill.IsCutOff), "No kill left an unfinished run in the journal.");
        }
    }

    private static async Task<IReadOnlyList<FaultTarget>> RequestsOfAnUndisturbedRunAsync()
    {
        var record = new ServiceRecord();
        await using var emulator = await RunningEmulator.StartAsync(watch: record, routeChanged: record.Note);
        await using var bench = Workbench.At(emulator);
        var run = await bench.RunAsync(WholeRollout);
        var requests = record.Requests;
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(await Leftovers.FaultAsync(emulator, Outcome.Done), Is.Null);
        Assert.That(record.Fault, Is.Null);
        Assert.That(CallKind.All.Where(kind => !requests.Any(kind.Includes)), Is.Empty, "A rollout has no request of these kinds.");
        return requests;
    }

    /// <summary>How many requests of a kind every run makes: of those that come by time a shorter one makes fewer.</summary>
    private static int SureRequests(IReadOnlyList<FaultTarget> requests, CallKind kind)
    {
        var count = requests.Count(kind.Includes);
        return kind.ComesByTime ? (count + 1) / 2 : count;
    }

    private static async Task<string?> TryAsync(
        CallKind kind, int occurrence, FaultMoment moment, ConcurrentBag<(CallKind Kind, FaultMoment Moment, bool IsCutOff)> kills)
    {
        var record = new ServiceRecord();
        var watch = new KillingWatch(record, kind, occurrence, moment);
        await using var emulator = await RunningEmulator.StartAsync(watch: watch, routeChanged: record.Note);
        await using var bench = Workbench.At(emulator);
        var killed = bench.Start(WholeRollout);
        watch.Aim(killed);
        var first = await killed.EndAsync();
        if (!watch.HasKilled)
        {
            // Polls, renewals of the lease and callers' requests come as often as time lets them.
            return first.ExitCode == 0 ? null : $"it was not killed: {first}";
        }

        var journal = await WrittenJournal.ReadAsync(emulator);
        kills.Add((kind, moment, journal.IsCutOff));
        var again = await bench.RunAsync(WholeRollout);
        return again.ExitCode != 0
            ? $"run again: {again}"
            : await Leftovers.FaultAsync(emulator, Outcome.Done) ?? record.Fault ?? await journal.FaultOfNextRunAsync(emulator);
    }
}
