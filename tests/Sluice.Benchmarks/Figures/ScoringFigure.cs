using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.References;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>Scoring of single rows on the local Azure ML, all of it, against the least that a server does to run the same model.</summary>
internal sealed class ScoringFigure : IMeasurement
{
    private const int Counted = 5;
    private const int Connections = 16;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["9"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        await using var endpoints = await HeartEndpoints.StartAsync(ground, cancellationToken);
        await using var bare = await ReferenceProcess.StartAsync(ground, cancellationToken);
        var version = await endpoints.RegisterAsync(HeartEndpoints.ModelOf(ground), cancellationToken);
        var target = await endpoints.CreateAsync("heart", version, cancellationToken);
        var row = HeartRows.Take(ground, count: 1).ToRequest();
        var (ours, reference) = (Wrk.To(ground, target, row), Wrk.To(ground, bare.Target, row));
        var runs = await WrkRounds.AlternateAsync(Counted, [ours, reference], Connections, Duration, cancellationToken);
        const string Server = "a bare Kestrel handler on the same session";
        return Result.Of(
            WrkRounds.RateRow("9", "scoring, 1 row, 16 connections", Server, runs[0], runs[1], atLeast: 0.85),
            WrkRounds.LatencyRow("9", "scoring, 1 row, 16 connections: p99", Server, runs[0], runs[1], atMost: 1.5));
    }
}
