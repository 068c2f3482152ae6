using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>A person accepted what somebody else made of the endpoint; the rollout goes on from there.</summary>
/// <param name="Time">When.</param>
/// <param name="Traffic">The map that was accepted: deployment name → percent.</param>
/// <param name="Mark">The mark that was accepted; null for none.</param>
public sealed record Adopted(DateTimeOffset Time, IReadOnlyDictionary<string, int> Traffic, RolloutMark? Mark) : TrafficKnown(Time, Traffic);
