using System.Globalization;
using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>How long the tests take: the whole suite, and the simulations of what the evidence promises.</summary>
internal sealed class TestFigures : IMeasurement
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["14", "17"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var whole = await new Command(Path.Combine(ground.Checkout, "build.sh"), ["--target=Test"], ground.Checkout).RunAsync(cancellationToken);

        // The suite has built it.
        var simulations = await new Command(
            "dotnet",
            [
                "test", "tests/Sluice.Tests", "--configuration", "Release", "--no-build",
                "--filter", "FullyQualifiedName~Sluice.Tests.Analysis.GuaranteeTests",
            ],
            ground.Checkout).RunAsync(cancellationToken);
        return Result.Of(
            RowOf("14", "simulations of the evidence, 4,000 × 60 looks each", simulations, 60),
            RowOf("17", "the whole test suite, with its build", whole, 300) with { Details = [whole.Output.TrimEnd().Split('\n')[^1]] });
    }

    private static Row RowOf(string number, string figure, CommandRun run, double most) => new(
        number,
        figure,
        string.Create(CultureInfo.InvariantCulture, $"{run.Wall.TotalSeconds:0} s"),
        "–",
        run.Wall.TotalSeconds,
        Bar.AtMost(most, "s"));
}
