using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>How long the whole test suite takes, once it is built.</summary>
internal sealed class SuiteFigure : IMeasurement
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["17"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        await new Command("dotnet", ["build", "Sluice.slnx", "--configuration", "Release"], ground.Checkout).RunAsync(cancellationToken);
        var run = await new Command(Path.Combine(ground.Checkout, "build.sh"), ["--target=Test"], ground.Checkout).RunAsync(cancellationToken);
        return Result.Of(Row.OfSeconds("17", "the whole test suite", run.Wall, atMost: 300) with { Details = [run.Output.TrimEnd().Split('\n')[^1]] });
    }
}
