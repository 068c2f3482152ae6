namespace Sluice.Rollouts.State;

/// <summary>How far the endpoint's latest rollout got; kept in the endpoint's tags, in kebab-case.</summary>
public enum RolloutStatus
{
    /// <summary>A candidate that was rejected once gets another try; it has no traffic yet.</summary>
    Started,

    /// <summary>Live requests are copied to the candidate; it has no traffic of its own yet.</summary>
    Shadow,

    /// <summary>The canary's steps are under way.</summary>
    Canary,

    /// <summary>The canary has passed its last step; Promote may give the candidate all traffic.</summary>
    Passed,

    /// <summary>The candidate has all traffic; the stable deployment is kept warm until the final bake ends.</summary>
    FinalBake,

    /// <summary>The candidate is the stable deployment now; the one before it is retired.</summary>
    Completed,

    /// <summary>The stable deployment has all traffic again; the candidate is rejected.</summary>
    RolledBack,
}
