namespace Sluice.Rollouts.Diagnosis;

/// <summary>An operation that a rollout asks of ARM.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Role">A built-in role that has it.</param>
/// <param name="Without">What happens without it; null where the rollout fails.</param>
public sealed record NeededOperation(string Operation, string Role, string? Without = null);
