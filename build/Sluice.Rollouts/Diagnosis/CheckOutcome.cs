namespace Sluice.Rollouts.Diagnosis;

/// <summary>What a check came to.</summary>
public enum CheckOutcome
{
    /// <summary>Nothing is in the way.</summary>
    Ok,

    /// <summary>A rollout may go through, and a person should know something before.</summary>
    Warn,

    /// <summary>A rollout would fail.</summary>
    Fail,

    /// <summary>It was not asked, for the reason that is given.</summary>
    Skip,
}
