namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>How much greater the canary's values are than the baseline's, in the metric's unit.</summary>
/// <param name="Lower">The confidence interval's lower limit.</param>
/// <param name="Estimate">The Hodges–Lehmann estimate.</param>
/// <param name="Upper">The confidence interval's upper limit.</param>
public sealed record ShiftEstimate(double Lower, double Estimate, double Upper);
