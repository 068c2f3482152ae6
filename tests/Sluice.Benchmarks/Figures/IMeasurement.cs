using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>One or several figures that are measured together.</summary>
internal interface IMeasurement
{
    /// <summary>The numbers of the figures, as in the table; a table of growth has a word for what grows, <c>events</c>.</summary>
    IReadOnlyList<string> Numbers { get; }

    /// <summary>Measures.</summary>
    /// <param name="ground">Where, and with what.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="MissingToolException">A reference can't run here.</exception>
    Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken);
}
