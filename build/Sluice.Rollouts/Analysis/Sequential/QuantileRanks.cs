namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>Which of the sorted observations are the limits of a quantile.</summary>
/// <param name="Lower">The rank of the lower limit, 1 for the smallest observation; null where there is no lower limit.</param>
/// <param name="Upper">The rank of the upper limit; null where there is no upper limit.</param>
/// <param name="LowerRadius">How far below the quantile's probability the lower limit is, in probability.</param>
/// <param name="UpperRadius">How far above it the upper limit is.</param>
public sealed record QuantileRanks(long? Lower, long? Upper, double LowerRadius, double UpperRadius);
