using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Rollouts in which several things go wrong, drawn by chance. Whatever it is, a rollout ends by itself: promoted, rolled back, or with a
/// sentence, and with the endpoint serving; what must always hold is never broken, and when all is mended the same command comes to a
/// good end.
/// </summary>
/// <remarks>
/// SLUICE_SEED set to a seed that was printed tries the same schedules again; the run parameter Schedules says how many:
/// <c>SLUICE_SEED=17 dotnet test --filter FaultScheduleTests -- 'TestRunParameters.Parameter(name="Schedules", value="1")'</c>.
/// </remarks>
[Category("Integration")]
[Category("Faults")]
internal sealed class FaultScheduleTests
{
    /// <summary>A rollout spends most of its time waiting.</summary>
    private const int AtOnce = 16;

    /// <summary>Room for the seeds that follow the first.</summary>
    private const int FirstSeeds = 1_000_000_000;

    /// <summary>Far beyond all time-outs of a run together; who is not back by then never comes.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);

    [Test]
    public async Task A_rollout_ends_well_or_with_a_sentence_whatever_goes_wrong_together_and_well_once_all_is_mended()
    {
        var schedules = TestContext.Parameters.Get("Schedules", 500);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : RandomNumberGenerator.GetInt32(FirstSeeds);
        TestContext.Out.WriteLine($"SLUICE_SEED={seed}");
        var calls = await FaultyRollout.UndisturbedCallsAsync();
        var wrong = new ConcurrentBag<string>();
        var ends = new ConcurrentBag<(RolloutEnd First, RolloutEnd Mended)>();
        var begin = Stopwatch.GetTimestamp();

        await Parallel.ForEachAsync(
            Enumerable.Range(seed, schedules),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (each, _) =>
            {
                var schedule = FaultSchedule.Drawn(each, calls);
                if (schedules == 1)
                {
                    TestContext.Out.WriteLine(schedule);
                }

                if (await FaultOfAsync(schedule, ends) is { } fault)
                {
                    wrong.Add($"SLUICE_SEED={each}: {fault}{Environment.NewLine}    {schedule}");
                }
            });

        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{schedules} schedules in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s; how they ended, and how when all was mended:"));
        var counts = ends.CountBy(end => (First: Name(end.First), Mended: Name(end.Mended)));
        foreach (var (how, count) in counts.OrderByDescending(each => each.Value))
        {
            TestContext.Out.WriteLine($"{count,5}  {how.First,-12}  {how.Mended}");
        }

        Assert.That(wrong, Is.Empty, string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal)));
    }

    private static string Name(RolloutEnd end) => end.Outcome is { } outcome ? $"{outcome}" : "error";

    private static async Task<string?> FaultOfAsync(FaultSchedule schedule, ConcurrentBag<(RolloutEnd First, RolloutEnd Mended)> ends)
    {
        try
        {
            return await TryAsync(schedule, ends).WaitAsync(Never);
        }
        catch (TimeoutException)
        {
            return $"it has not ended within {Never.TotalMinutes:0} minutes";
        }
        catch (Exception exception)
        {
            return $"it ended with {exception}";
        }
    }

    private static async Task<string?> TryAsync(FaultSchedule schedule, ConcurrentBag<(RolloutEnd First, RolloutEnd Mended)> ends)
    {
        await using var rollout = await FaultyRollout.StartAsync(schedule);
        var first = await rollout.RunAsync();
        await rollout.MendAsync();
        var silent = await rollout.FaultOfServiceAsync();
        var mended = await rollout.RunAsync();
        ends.Add((first, mended));
        if (first.Said.Length < 20 || !first.Said.Contains(' ', StringComparison.Ordinal))
        {
            return $"'{first}' is no sentence";
        }

        if (silent is not null)
        {
            return $"ended with '{first}', and callers got {silent}";
        }

        if (!mended.IsGood || (first.IsGood && mended.Outcome != first.Outcome))
        {
            return $"ended with '{first}', and once mended with '{mended}'";
        }

        return rollout.Broken is [var broken, ..] ? broken : await rollout.FaultOfEndAsync(mended.Outcome!.Value);
    }
}
