using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Measuring;

/// <summary>Several requests sent by wrk in turn, and what comes of it as lines of the table.</summary>
internal static class WrkRounds
{
    /// <summary>Sends each for a while without counting, then all in turn, round after round.</summary>
    /// <param name="count">The counted rounds, an odd number.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="duration">How long each is sent in a round, in whole seconds.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>For each of them its runs, round by round.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<WrkRun>>> AlternateAsync(
        int count, IReadOnlyList<Wrk> requests, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var runs = requests.Select(_ => new List<WrkRun>()).ToList();
        await Rounds.AlternateAsync(
            count,
            [.. requests.Zip(runs, (request, its) => (Func<CancellationToken, Task<double>>)(async token =>
            {
                var run = await request.RunAsync(connections, duration, token);
                its.Add(run);
                return run.RequestsPerSecond;
            }))],
            cancellationToken);
        return [.. runs.Select(its => its[^count..])];
    }

    /// <summary>The line that compares requests per second.</summary>
    public static Row RateRow(
        string number, string figure, string what, IReadOnlyList<WrkRun> ours, IReadOnlyList<WrkRun> reference, double atLeast) => new(
        number,
        figure,
        FormattableString.Invariant($"{Median(ours, Rate):0} req/s"),
        FormattableString.Invariant($"{what}: {Median(reference, Rate):0} req/s"),
        Rounds.Ratio([.. ours.Select(Rate)], [.. reference.Select(Rate)]),
        Bar.AtLeast(atLeast));

    /// <summary>The line that compares latencies.</summary>
    public static Row LatencyRow(
        string number, string figure, string what, IReadOnlyList<WrkRun> ours, IReadOnlyList<WrkRun> reference, double atMost) => new(
        number,
        figure,
        FormattableString.Invariant($"{Median(ours, P99):0.00} ms"),
        FormattableString.Invariant($"{what}: {Median(reference, P99):0.00} ms"),
        Rounds.Ratio([.. ours.Select(P99)], [.. reference.Select(P99)]),
        Bar.AtMost(atMost));

    private static double Rate(WrkRun run) => run.RequestsPerSecond;

    private static double P99(WrkRun run) => run.P99;

    private static double Median(IEnumerable<WrkRun> runs, Func<WrkRun, double> figure) => Rounds.Median(runs.Select(figure));
}
