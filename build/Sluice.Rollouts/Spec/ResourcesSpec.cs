namespace Sluice.Rollouts.Spec;

/// <summary>What a container on Kubernetes asks for, and its bounds. Null members take the cluster's defaults.</summary>
/// <param name="Requests">What is asked for.</param>
/// <param name="Limits">The bounds.</param>
public sealed record ResourcesSpec(ResourceAmountsSpec? Requests, ResourceAmountsSpec? Limits);
