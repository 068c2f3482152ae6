namespace Sluice.Rollouts.Spec.Notifications;

/// <summary>A state of a rollout that people are told of.</summary>
public enum NotifiedState
{
    /// <summary>The candidate has all traffic, and its final bake has passed.</summary>
    Completed,

    /// <summary>The stable deployment has all traffic again.</summary>
    RolledBack,

    /// <summary>A stage can't go on, or an error ended it.</summary>
    Failed,

    /// <summary>A person must decide.</summary>
    Held,

    /// <summary>It waits for an approval or for a window.</summary>
    Waiting,
}
