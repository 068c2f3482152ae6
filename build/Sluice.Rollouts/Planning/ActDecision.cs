using Sluice.Rollouts.Planning.Actions;

namespace Sluice.Rollouts.Planning;

/// <summary>An action to apply now.</summary>
/// <param name="Action">The action.</param>
/// <param name="Why">The reason.</param>
public sealed record ActDecision(RolloutAction Action, string Why) : Decision(Why);
