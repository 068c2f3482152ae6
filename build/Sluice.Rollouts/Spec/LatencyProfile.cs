namespace Sluice.Rollouts.Spec;

/// <summary>How long the local Azure ML's operations take.</summary>
public enum LatencyProfile
{
    /// <summary>No time at all; for tests.</summary>
    Instant,

    /// <summary>A second or two; for watching.</summary>
    Demo,

    /// <summary>As the real service: 20 s for traffic, 5 min for a deployment.</summary>
    Azure,
}
