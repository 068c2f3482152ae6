using System.Diagnostics;
using System.Globalization;
using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.References;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>Scoring of many rows a request on the local Azure ML, against OnnxRuntime alone on the same rows; and how it grows.</summary>
internal sealed class BatchFigure : IMeasurement
{
    private const int Counted = 5;
    private const int BatchRows = 1000;
    private const int Trees = 500;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GrowthDuration = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["10", "rows"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var (small, large) = (HeartEndpoints.ModelOf(ground), ground.Folder("forest"));
        GrownForest.Copy(small, large, Trees);
        await using var endpoints = await HeartEndpoints.StartAsync(ground, cancellationToken);
        var ofSmall = await endpoints.CreateAsync("heart", await endpoints.RegisterAsync(small, cancellationToken), cancellationToken);
        var ofLarge = await endpoints.CreateAsync("heart-forest", await endpoints.RegisterAsync(large, cancellationToken), cancellationToken);
        var forest = await BatchAsync(ground, ofLarge, large, cancellationToken);
        var own = await BatchAsync(ground, ofSmall, small, cancellationToken);
        var row = new Row(
            "10",
            $"scoring, {BatchRows.ToString("#,0", CultureInfo.InvariantCulture)} rows a request, a forest of {Trees} trees",
            FormattableString.Invariant($"{Rounds.Median(forest.Ours):0.00} ms"),
            FormattableString.Invariant($"OnnxRuntime alone on the batch: {Rounds.Median(forest.Alone):0.00} ms"),
            Rounds.Ratio(forest.Ours, forest.Alone),
            Bar.AtMost(1.6))
        {
            Details =
            [
                FormattableString.Invariant(
                    $"the repository's own model, a few trees: {Rounds.Median(own.Ours):0.00} ms, OnnxRuntime alone {Rounds.Median(own.Alone):0.00} ms; the rest is JSON and the wire"),
            ],
        };
        return new Result([row], [await GrowthAsync(ground, ofSmall, cancellationToken)]);
    }

    private static async Task<(double[] Ours, double[] Alone)> BatchAsync(
        Ground ground, ScoringTarget target, string model, CancellationToken cancellationToken)
    {
        var rows = HeartRows.Take(ground, BatchRows);
        using var bare = new BareModel(Path.Combine(model, "model.onnx"), rows);
        var request = Wrk.To(ground, target, rows.ToRequest());
        var times = await Rounds.AlternateAsync(
            Counted,
            [token => MillisecondsAsync(request, Duration, token), token => Task.FromResult(Milliseconds(bare, token))],
            cancellationToken);
        return (times[0], times[1]);
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
