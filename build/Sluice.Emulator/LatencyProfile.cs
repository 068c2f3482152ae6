namespace Sluice.Emulator;

/// <summary>How long the local Azure ML takes over its long-running operations.</summary>
public enum LatencyProfile
{
    /// <summary>No pause at all: for tests. A deployment still takes what loading its model takes.</summary>
    Instant,

    /// <summary>Up to two seconds, so that a person sees every state go by.</summary>
    Demo,

    /// <summary>What was measured on Azure: about 20 s for an endpoint or its traffic, about 5 min for a deployment.</summary>
    Azure,
}
