using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning;

/// <summary>What a rollout that does not go on waits for.</summary>
/// <param name="Kind">Whom or what.</param>
/// <param name="What">What it is about, in words that stay the same however often it is looked at: no counts, no times.</param>
/// <param name="Why">The reason in a sentence, with its numbers of now.</param>
public sealed record Awaited(AwaitedKind Kind, string What, string Why)
{
    /// <summary>What people have to approve; null when it waits for something else.</summary>
    public ApprovalScope? Scope { get; init; }
}
