using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>The values of an arm that were compared.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Mean">Their mean; NaN without values.</param>
/// <param name="Median">Their median; NaN without values.</param>
public sealed record ArmSummary(int Count, double Mean, double Median)
{
    /// <summary>Sums values up.</summary>
    internal static ArmSummary Of(ImmutableArray<double> values) => values.IsEmpty
        ? new ArmSummary(0, double.NaN, double.NaN)
        : new ArmSummary(values.Length, values.Average(), SampleCleaning.Percentile([.. values.Order()], 0.5));
}
