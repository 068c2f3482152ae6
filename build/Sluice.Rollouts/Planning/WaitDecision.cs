namespace Sluice.Rollouts.Planning;

/// <summary>Nothing to do before a point in time.</summary>
/// <param name="Until">When to look again.</param>
/// <param name="Why">The reason.</param>
public sealed record WaitDecision(DateTimeOffset Until, string Why) : Decision(Why);
