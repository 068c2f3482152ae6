namespace Sluice.Rollouts.Spec;

/// <summary>Time-out and concurrency of a deployment's scoring requests.</summary>
/// <param name="RequestTimeout">The longest time a request may take; above 0, at most 180 s; the service's default is 5 s.</param>
/// <param name="MaxConcurrentRequestsPerInstance">Requests that one instance handles at once, at least 1.</param>
/// <param name="MaxQueueWait">The longest time a request may wait for its turn; not negative.</param>
public sealed record RequestSettingsSpec(TimeSpan? RequestTimeout, int? MaxConcurrentRequestsPerInstance, TimeSpan? MaxQueueWait);
