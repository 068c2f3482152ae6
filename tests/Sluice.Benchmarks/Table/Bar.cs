using System.Globalization;

namespace Sluice.Benchmarks.Table;

/// <summary>The bound that a figure is held to.</summary>
/// <param name="Bound">The bound, in the figure's unit, or as a ratio.</param>
/// <param name="IsLeast">Whether the figure may not lie below it; otherwise it may not lie above it.</param>
/// <param name="Unit">What stands behind the bound: <c>×</c>, <c>%</c>, <c>calls</c>, …</param>
internal sealed record Bar(double Bound, bool IsLeast, string Unit)
{
    /// <summary>A figure that may not lie above a bound.</summary>
    public static Bar AtMost(double bound, string unit = "×") => new(bound, IsLeast: false, unit);

    /// <summary>A figure that may not lie below a bound.</summary>
    public static Bar AtLeast(double bound, string unit = "×") => new(bound, IsLeast: true, unit);

    /// <summary>Whether a figure keeps to it. NaN does not.</summary>
    public bool IsMetBy(double value) => IsLeast ? value >= Bound : value <= Bound;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLeast ? '≥' : '≤')} {Bound:0.###} {Unit}");
}
