namespace Sluice.Rollouts.Spec;

/// <summary>The traffic of a local rollout: rows of <see cref="ProbeSpec.Rows"/> sent by a client that knows nothing of the rollout.</summary>
/// <param name="RequestsPerSecond">The rate, above 0, at most 500 (the limit of a managed endpoint).</param>
public sealed record LoadSpec(double RequestsPerSecond);
