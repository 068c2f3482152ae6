namespace Sluice.Rollouts.Spec;

/// <summary>How the container of an image of one's own is asked.</summary>
/// <param name="Liveness">Where it is asked whether it lives.</param>
/// <param name="Readiness">Where it is asked whether it is ready.</param>
/// <param name="Scoring">Where it scores.</param>
public sealed record InferenceConfigSpec(RouteSpec Liveness, RouteSpec Readiness, RouteSpec Scoring);
