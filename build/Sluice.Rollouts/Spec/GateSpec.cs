namespace Sluice.Rollouts.Spec;

/// <summary>The plain error-rate gate on probes.</summary>
/// <param name="ProbesPerLook">Requests that each look sends to the candidate, at least 1.</param>
/// <param name="LookInterval">The time between two looks during a bake.</param>
/// <param name="MinimumProbes">Answers needed before a Pass; fewer are NoData. At least 1.</param>
/// <param name="MaximumErrorRate">The largest share of failed probes that still passes, 0 to below 1.</param>
public sealed record GateSpec(int ProbesPerLook, TimeSpan LookInterval, int MinimumProbes, double MaximumErrorRate);
