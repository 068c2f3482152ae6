namespace Sluice.Rollouts.Spec;

/// <summary>The <c>default</c> scale settings: the deployment's number of instances, whatever the load.</summary>
public sealed record FixedScaleSpec : ScaleSpec;
