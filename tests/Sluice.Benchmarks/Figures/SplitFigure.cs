using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.References;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>
/// What a traffic split and a mirror cost: three endpoints on one local Azure ML, one with a single deployment, one whose requests two share,
/// and one that mirrors some of them besides. A mirrored request is scored a second time, which is part of its cost.
/// </summary>
internal sealed class SplitFigure : IMeasurement
{
    private const int Counted = 7;
    private const int Connections = 16;
    private const int MirrorPercent = 10;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["11"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        await using var endpoints = await HeartEndpoints.StartAsync(ground, cancellationToken);
        var version = await endpoints.RegisterAsync(HeartEndpoints.ModelOf(ground), cancellationToken);
        var row = HeartRows.Take(ground, count: 1).ToRequest();
        var whole = new Dictionary<string, int> { ["blue"] = 100 };
        var half = new Dictionary<string, int> { ["blue"] = 50, ["green"] = 50 };
        var none = new Dictionary<string, int>();
        var mirror = new Dictionary<string, int> { ["shadow"] = MirrorPercent };
        Wrk[] requests =
        [
            Wrk.To(ground, await endpoints.CreateAsync("heart-whole", version, whole, none, cancellationToken), row),
            Wrk.To(ground, await endpoints.CreateAsync("heart-split", version, half, none, cancellationToken), row),
            Wrk.To(ground, await endpoints.CreateAsync("heart-mirror", version, half, mirror, cancellationToken), row),
        ];
        var runs = await WrkRounds.AlternateAsync(Counted, requests, Connections, Duration, cancellationToken);
        const string Whole = "one deployment with all traffic";
        return Result.Of(
            WrkRounds.RateRow("11", "traffic split 50/50", Whole, runs[1], runs[0], atLeast: 0.95),
            WrkRounds.RateRow("11", $"split 50/50, {MirrorPercent} % mirrored and scored once more", Whole, runs[2], runs[0], atLeast: 0.95));
    }
}
