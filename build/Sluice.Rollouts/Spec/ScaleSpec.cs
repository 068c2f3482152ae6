namespace Sluice.Rollouts.Spec;

/// <summary>How many instances a deployment has at which load.</summary>
public abstract record ScaleSpec;
