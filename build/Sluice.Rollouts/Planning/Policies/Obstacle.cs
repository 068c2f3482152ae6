namespace Sluice.Rollouts.Planning.Policies;

/// <summary>Why the policy does not allow an action now.</summary>
/// <param name="Sentence">The reason, and what removes it.</param>
/// <param name="Until">When time alone removes it; null when it does not.</param>
public sealed record Obstacle(string Sentence, DateTimeOffset? Until)
{
    /// <summary>What the action waits for; null when only another configuration removes the obstacle.</summary>
    public Awaited? Awaited { get; init; }
}
