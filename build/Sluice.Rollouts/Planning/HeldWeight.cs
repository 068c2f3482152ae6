namespace Sluice.Rollouts.Planning;

/// <summary>The candidate's weight while it is held and judged.</summary>
/// <param name="Step">The step's number, from 1; null in the final bake, and for a weight that is no step.</param>
/// <param name="Steps">How many steps there are.</param>
/// <param name="Share">The candidate's share of the requests, in words.</param>
/// <param name="Since">Since when it is held.</param>
/// <param name="Until">When its bake ends.</param>
/// <param name="AtMost">Until when it may wait for evidence after its bake; the same as <paramref name="Until"/> when it does not.</param>
public sealed record HeldWeight(int? Step, int Steps, string Share, DateTimeOffset Since, DateTimeOffset Until, DateTimeOffset AtMost);
