namespace Sluice.Rollouts.Spec;

/// <summary>How the local Azure ML runs.</summary>
/// <param name="Folder">The absolute path of the folder with its state.</param>
/// <param name="Latency">The latency profile: how long operations take.</param>
/// <param name="TimeScale">Factor on the profile's durations, above 0; 0.1 makes it ten times faster.</param>
/// <param name="Port">The TCP port on loopback; 0 for the one used last time, or a free one.</param>
/// <param name="Seed">Seeds what is random in it; null for a different run each time.</param>
/// <param name="Faults">
/// What is to go wrong in it, as the JSON document that it takes, checked; null for nothing. It means nothing to a rollout.
/// </param>
public sealed record EmulatorSpec(string Folder, LatencyProfile Latency, double TimeScale, int Port, int? Seed, string? Faults = null)
{
    /// <summary>Whether this run brings faults of its own, and is nothing without them.</summary>
    public bool HasInjection { get; init; }
}
