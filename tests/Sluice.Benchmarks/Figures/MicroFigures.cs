using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Sluice.Benchmarks.Micro;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>What single calls of the domain cost, measured by BenchmarkDotNet with its memory diagnoser.</summary>
internal sealed class MicroFigures : IMeasurement
{
    private const double NanosecondsInMicrosecond = 1_000;
    private const double NanosecondsInMillisecond = 1_000_000;

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["13", "15", "events", "gates"];

    /// <inheritdoc/>
    public Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var look = Run(ground, typeof(CountEProcessBenchmarks)).Single();
        var plan = Run(ground, typeof(PlannerBenchmarks)).Single();
        var journals = Run(ground, typeof(JournalBenchmarks));
        var gates = Run(ground, typeof(GateBenchmarks));
        return Task.FromResult(new Result(
            [
                new("13", "e-process: one look, 60-point grid", Time(look), "–", Microseconds(look), Bar.AtMost(1, "µs")),
                new("13", "e-process: allocated in one look", $"{Bytes(look)} B", "–", Bytes(look), Bar.AtMost(0, "B")),
                new("15", "planner: one plan, 20 deployments, 10,000 events", Time(plan), "–", Microseconds(plan), Bar.AtMost(50, "µs")),
            ],
            [
                GrowthOf("a journal is read", "events", "ms", journals, nameof(JournalBenchmarks.Read), NanosecondsInMillisecond),
                GrowthOf("a journal is folded", "events", "ms", journals, nameof(JournalBenchmarks.Fold), NanosecondsInMillisecond),
                GrowthOf("gates are asked", "gates", "µs", gates, nameof(GateBenchmarks.Judge), NanosecondsInMicrosecond),
            ]));
    }

    /// <summary>In this process, which is as warm as a run would be: the table needs the cost of a call, not of its first.</summary>
    private static ImmutableArray<BenchmarkReport> Run(Ground ground, Type benchmarks)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.DontLogOutput))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(ground.Folder("micro"));
        return BenchmarkRunner.Run(benchmarks, config).Reports;
    }

    private static Growth GrowthOf(
        string name, string of, string unit, IEnumerable<BenchmarkReport> reports, string method, double nanoseconds) => new(
        name,
        of,
        unit,
        [
            .. reports.Where(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method)
                .Select(report => (Size: Size(report), Cost: Nanoseconds(report) / nanoseconds))
                .OrderBy(each => each.Size),
        ]);

    private static double Size(BenchmarkReport report) =>
        Convert.ToDouble(report.BenchmarkCase.Parameters.Items.Single().Value, CultureInfo.InvariantCulture);

    private static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics?.Median ?? double.NaN;

    private static double Microseconds(BenchmarkReport report) => Nanoseconds(report) / NanosecondsInMicrosecond;

    private static double Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? double.NaN;

    private static string Time(BenchmarkReport report) => FormattableString.Invariant($"{Microseconds(report):0.###} µs");
}
