using System.Collections.Immutable;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Sluice.Benchmarks.Micro;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>What single calls of the domain cost, measured by BenchmarkDotNet.</summary>
internal sealed class MicroFigures : IMeasurement
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["13"];

    /// <inheritdoc/>
    public Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var look = Run(ground, typeof(CountEProcessBenchmarks)).Single();
        return Task.FromResult(Result.Of(
            new("13", "e-process: one look, 60-point grid", Time(look), "–", Nanoseconds(look) / 1000, Bar.AtMost(1, "µs")),
            new("13", "e-process: allocated", $"{Bytes(look)} B", "–", Bytes(look), Bar.AtMost(0, "B"))));
    }

    private static ImmutableArray<BenchmarkReport> Run(Ground ground, Type benchmarks)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(ground.Folder("micro"));
        return BenchmarkRunner.Run(benchmarks, config).Reports;
    }

    private static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics?.Median ?? double.NaN;

    private static double Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? double.NaN;

    private static string Time(BenchmarkReport report) => FormattableString.Invariant($"{Nanoseconds(report) / 1000:0.###} µs");
}
