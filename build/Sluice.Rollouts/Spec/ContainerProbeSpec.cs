namespace Sluice.Rollouts.Spec;

/// <summary>A liveness or readiness probe of the container. Null members take the service's defaults.</summary>
/// <param name="InitialDelay">The time after the start before the first probe.</param>
/// <param name="Period">The time between two probes.</param>
/// <param name="Timeout">The longest time an answer may take.</param>
/// <param name="SuccessThreshold">Successes in a row that make it healthy, at least 1.</param>
/// <param name="FailureThreshold">Failures in a row that make it unhealthy, at least 1.</param>
public sealed record ContainerProbeSpec(
    TimeSpan? InitialDelay,
    TimeSpan? Period,
    TimeSpan? Timeout,
    int? SuccessThreshold,
    int? FailureThreshold);
