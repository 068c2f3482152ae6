namespace Sluice.Rollouts.Spec;

/// <summary>The <c>target_utilization</c> scale settings, on Kubernetes. Null members take the service's defaults.</summary>
/// <param name="MinInstances">The fewest instances, at least 1.</param>
/// <param name="MaxInstances">The most instances, at least <paramref name="MinInstances"/>.</param>
/// <param name="PollingInterval">The time between two looks at the load.</param>
/// <param name="TargetUtilizationPercentage">The wanted utilisation, 1 to 100.</param>
public sealed record TargetUtilizationSpec(int? MinInstances, int? MaxInstances, TimeSpan? PollingInterval, int? TargetUtilizationPercentage)
    : ScaleSpec;
