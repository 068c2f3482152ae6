namespace Sluice.Rollouts.Reporting;

/// <summary>What a moment of a rollout is about.</summary>
public enum MomentKind
{
    /// <summary>A run began or ended.</summary>
    Run,

    /// <summary>A stage ended.</summary>
    Stage,

    /// <summary>Something was made, marked or deleted.</summary>
    Action,

    /// <summary>The traffic changed.</summary>
    Traffic,

    /// <summary>The candidate was looked at.</summary>
    Evidence,

    /// <summary>A person approved, or accepted what was there.</summary>
    Person,

    /// <summary>A place was told of the rollout, or could not be.</summary>
    Message,

    /// <summary>Somebody else changed something.</summary>
    Foreign,

    /// <summary>Something went wrong.</summary>
    Trouble,
}
