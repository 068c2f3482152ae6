namespace Sluice.Rollouts.Planning;

/// <summary>How a stage ends. Each has an exit code of its own.</summary>
public enum Outcome
{
    /// <summary>What the stage is for is there.</summary>
    Done,

    /// <summary>It can't go on; the traffic stays as it was written last.</summary>
    Failed,

    /// <summary>The stable deployment has all traffic again, because the evidence or a person said so.</summary>
    RolledBack,

    /// <summary>A person must decide; the traffic stays as it was written last.</summary>
    Held,
}
