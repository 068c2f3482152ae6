using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>How long the simulations take that show what the evidence promises.</summary>
internal sealed class SimulationFigure : IMeasurement
{
    private const string Simulations = "Sluice.Tests.Analysis.GuaranteeTests";

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["14"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        string[] ofTests = ["tests/Sluice.Tests", "--configuration", "Release"];
        await new Command("dotnet", ["build", .. ofTests], ground.Checkout).RunAsync(cancellationToken);
        var run = await new Command(
            "dotnet", ["test", .. ofTests, "--no-build", "--filter", $"FullyQualifiedName~{Simulations}"], ground.Checkout).RunAsync(cancellationToken);
        return Result.Of(Row.OfSeconds("14", "simulations of the evidence, 4,000 × 60 looks each", run.Wall, atMost: 60));
    }
}
