using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Every fault at every kind of call of a rollout. A rollout ends well in spite of it, or says clearly what happened, with the endpoint
/// still serving; then the same command once more ends where an undisturbed one ends.
/// </summary>
[Category("Integration")]
internal sealed class FaultMatrixTests
{
    /// <summary>A rollout spends most of its time waiting.</summary>
    private const int AtOnce = 16;

    [Test]
    public async Task A_rollout_ends_where_an_undisturbed_one_ends_whatever_goes_wrong_at_whichever_call()
    {
        var calls = await FaultyRollout.UndisturbedCallsAsync();
        var cases = Fault.All.SelectMany(fault => CallsFor(fault, calls).Select(call => (fault, call))).ToList();
        var faults = new ConcurrentBag<string>();
        var ends = new ConcurrentBag<(Fault Fault, string How, string? Said)>();
        var begin = Stopwatch.GetTimestamp();

        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (each, _) =>
        {
            if (await TryAsync(each.fault, each.call, ends) is { } wrong)
            {
                faults.Add($"{each.fault} at {each.call}: {wrong}");
            }
        });

        TestContext.Out.WriteLine(
            $"{cases.Count} cases ({calls.Count} calls, {Fault.All.Count} faults) in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s");
        foreach (var ofFault in ends.GroupBy(end => end.Fault).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            TestContext.Out.WriteLine(
                $"{ofFault.Key}: {string.Join(", ", ofFault.CountBy(end => end.How).OrderBy(how => how.Key).Select(how => $"{how.Value} {how.Key}"))}");
            foreach (var said in ofFault.Select(end => end.Said).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(2))
            {
                TestContext.Out.WriteLine($"    {said}");
            }
        }

        Assert.That(faults, Is.Empty, string.Join(Environment.NewLine, faults.Order(StringComparer.Ordinal)));
    }

    /// <summary>Every write and every poll; of reads that are repeated the first and the last, unless the fault is one of reads.</summary>
    private static IEnumerable<Call> CallsFor(Fault fault, IReadOnlyList<Call> calls) => calls
        .Where(fault.AppliesTo)
        .GroupBy(call => (call.Method, call.Path))
        .SelectMany(group => group.First() is { IsRead: true, IsPoll: false } && !fault.IsOfReads
            ? group.Where(call => call.Occurrence == 1 || call.Occurrence == group.Count())
            : group);

    private static async Task<string?> TryAsync(Fault fault, Call call, ConcurrentBag<(Fault Fault, string How, string? Said)> ends)
    {
        await using var rollout = await FaultyRollout.StartAsync(FaultSchedule.Of(fault, call));
        var end = await rollout.RunAsync();
        var isDone = end.Outcome == Outcome.Done;
        ends.Add((
            fault,
            !rollout.Way.HasHappened ? "did not come to the call" : isDone ? "went on to the end" : "stopped and ran again",
            isDone ? null : end.Said));
        await rollout.MendAsync();
        if (!isDone)
        {
            if (!rollout.Way.HasHappened || end.Said.Length < 20)
            {
                return $"ended with '{end}'";
            }

            if (await rollout.FaultOfServiceAsync() is { } silent)
            {
                return $"ended with '{end}', and callers got {silent}";
            }

            var again = await rollout.RunAsync();
            if (again.Outcome != Outcome.Done)
            {
                return $"ended with '{end}', and run again with '{again}'";
            }
        }

        return rollout.Broken is [var broken, ..] ? broken : await rollout.FaultOfEndAsync(Outcome.Done) ?? Duplicates(rollout.Way.Effects);
    }

    /// <summary>What was made more than once, though each name is made once in a rollout.</summary>
    private static string? Duplicates(IReadOnlyList<string> effects)
    {
        var twice = effects
            .Where(effect => effect.StartsWith("PUT ", StringComparison.Ordinal) && effect.Contains("/deployments/", StringComparison.Ordinal))
            .GroupBy(effect => effect)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToList();
        return twice.Count == 0 ? null : $"made twice: {string.Join(", ", twice)}";
    }
}
