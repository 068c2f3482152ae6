namespace Sluice.Rollouts.Spec;

/// <summary>Where an asset of a deployment, its environment or its code, comes from.</summary>
public abstract record AssetSource;
