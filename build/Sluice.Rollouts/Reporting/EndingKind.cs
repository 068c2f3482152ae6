namespace Sluice.Rollouts.Reporting;

/// <summary>How a rollout ended, as far as its journal tells.</summary>
public enum EndingKind
{
    /// <summary>Nothing was written down but that it began.</summary>
    Empty,

    /// <summary>The candidate has all traffic.</summary>
    Live,

    /// <summary>The stable deployment has all traffic again.</summary>
    RolledBack,

    /// <summary>A person must decide.</summary>
    Held,

    /// <summary>It can't go on.</summary>
    Failed,

    /// <summary>An error or a signal ended its run; the same command goes on.</summary>
    Interrupted,

    /// <summary>Its run has not ended, or died without a word.</summary>
    UnderWay,

    /// <summary>What was asked for is done, and stages of the line are left.</summary>
    Unfinished,

    /// <summary>The endpoint was deleted with all its deployments.</summary>
    Deleted,
}
