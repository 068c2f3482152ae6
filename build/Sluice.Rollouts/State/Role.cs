namespace Sluice.Rollouts.State;

/// <summary>Why a rollout made a deployment.</summary>
public enum Role
{
    /// <summary>The first deployment of an endpoint.</summary>
    Baseline,

    /// <summary>The new version's.</summary>
    Candidate,
}
