namespace Sluice.Rollouts.Planning;

/// <summary>The stage is over.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Why">The reason.</param>
public sealed record FinishDecision(Outcome Outcome, string Why) : Decision(Why)
{
    /// <summary>What a held stage waits for, or somebody else has to approve; null where the reason alone says it.</summary>
    public Awaited? Awaited { get; init; }

    /// <summary>The stage that brings what a failed one needs; null when none does.</summary>
    public Stage? Brings { get; init; }
}
