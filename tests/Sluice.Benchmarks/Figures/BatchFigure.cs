using System.Diagnostics;
using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.References;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>Scoring of many rows a request on the local Azure ML, against OnnxRuntime alone on the same rows; and how it grows.</summary>
internal sealed class BatchFigure : IMeasurement
{
    private const int Counted = 5;
    private const int BatchRows = 1000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan GrowthDuration = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["10", "G4"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        await using var endpoints = await HeartEndpoints.StartAsync(ground, cancellationToken);
        var target = await endpoints.CreateAsync(
            "heart", new Dictionary<string, int> { ["blue"] = 100 }, new Dictionary<string, int>(), cancellationToken);
        return new Result([await BatchAsync(ground, target, cancellationToken)], [await GrowthAsync(ground, target, cancellationToken)]);
    }

    private static async Task<Row> BatchAsync(Ground ground, ScoringTarget target, CancellationToken cancellationToken)
    {
        var rows = HeartRows.Take(ground, BatchRows);
        using var bare = new BareModel(Path.Combine(HeartEndpoints.ModelOf(ground), "model.onnx"), rows);
        var request = Wrk.To(ground, target, rows.ToRequest());
        var times = await Rounds.AlternateAsync(
            Counted,
            [token => MillisecondsAsync(request, Duration, token), token => Task.FromResult(Milliseconds(bare, token))],
            cancellationToken);
        return new Row(
            "10",
            FormattableString.Invariant($"scoring, {BatchRows:#,0} rows a request"),
            FormattableString.Invariant($"{Rounds.Median(times[0]):0.00} ms"),
            FormattableString.Invariant($"OnnxRuntime alone on the batch: {Rounds.Median(times[1]):0.00} ms"),
            Rounds.Ratio(times[0], times[1]),
            Bar.AtMost(1.6));
    }

    private static async Task<Growth> GrowthAsync(Ground ground, ScoringTarget target, CancellationToken cancellationToken)
    {
        var costs = new List<(double, double)>();
        foreach (var size in (int[])[1, 10, 100, 1_000, 10_000, 100_000])
        {
            var request = Wrk.To(ground, target, HeartRows.Take(ground, size).ToRequest());
            costs.Add((size, await MillisecondsAsync(request, GrowthDuration, cancellationToken)));
        }

        return new Growth("scoring request", "rows in it", "ms", costs);
    }

    private static async Task<double> MillisecondsAsync(Wrk request, TimeSpan duration, CancellationToken cancellationToken) =>
        1000 / (await request.RunAsync(connections: 1, duration, cancellationToken)).RequestsPerSecond;

    private static double Milliseconds(BareModel bare, CancellationToken cancellationToken)
    {
        var begin = Stopwatch.GetTimestamp();
        var runs = 0;
        for (; Stopwatch.GetElapsedTime(begin) < Duration; runs++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bare.Run().Dispose();
        }

        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / runs;
    }
}
