using System.Collections.Immutable;
using Sluice.Benchmarks.Figures;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks;

/// <summary>Measures the table: each figure against a reference of the same run, each against its bar.</summary>
internal static class Bench
{
    private const int Met = 0;
    private const int Missed = 1;
    private const int Mistaken = 2;

    /// <summary>All there is, in the order of the table.</summary>
    private static readonly ImmutableArray<IMeasurement> All =
    [
        new StartFigures(),
        new StatusFigures(),
        new RolloutFigures(),
        new CallFigures(),
        new ScoringFigure(),
        new BatchFigure(),
        new SplitFigure(),
        new UploadFigure(),
        new MicroFigures(),
        new MemoryFigure(),
        new DeploymentGrowth(),
        new SimulationFigure(),
        new SuiteFigure(),
    ];

    /// <summary>Measures what the arguments choose.</summary>
    /// <param name="arguments"><c>--checkout=folder</c>, <c>--results=file</c>, and <c>--figures=1,2b,rows</c> for some figures only.</param>
    /// <param name="output">Takes the table.</param>
    /// <param name="error">Takes what is going on, and mistakes.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>0 when all bars were met, 1 when one was missed, 2 when the arguments make no sense.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var known = All.SelectMany(measurement => measurement.Numbers).ToImmutableArray();
        if (BenchArguments.Read(arguments, known, error.WriteLine) is not { } chosen)
        {
            return Mistaken;
        }

        var machine = Machine.OfThis();
        var rows = new List<Row>();
        var growths = new List<Growth>();
        var scratch = Directory.CreateTempSubdirectory("sluice-bench-");
        try
        {
            var ground = new Ground(chosen.Checkout, scratch.FullName, error.WriteLine);
            foreach (var measurement in All.Where(measurement => measurement.Numbers.Any(chosen.Wants)))
            {
                error.WriteLine($"Measuring {string.Join(", ", measurement.Numbers)} …");
                var result = await MeasureAsync(measurement, ground, cancellationToken);
                var wanted = result.Rows.Where(row => chosen.Wants(row.Number)).ToList();
                wanted.ForEach(row => error.WriteLine($"  {row}"));
                rows.AddRange(wanted);
                growths.AddRange(result.Growths);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        BenchText.Write(machine, rows, growths, output);
        BenchFile.Write(machine, rows, growths, chosen.Results);
        return rows.TrueForAll(row => row.IsMet) ? Met : Missed;
    }

    /// <summary>What could not be measured is a miss, not a gap.</summary>
    private static async Task<Result> MeasureAsync(IMeasurement measurement, Ground ground, CancellationToken cancellationToken)
    {
        try
        {
            return await measurement.MeasureAsync(ground, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            ground.Say($"{failure}");
            var why = failure.Message.Split('\n')[0];
            return Result.Of([.. measurement.Numbers.Select(number => new Row(number, $"not measured: {why}", "–", "–", double.NaN, Bar.AtMost(0)))]);
        }
    }
}
