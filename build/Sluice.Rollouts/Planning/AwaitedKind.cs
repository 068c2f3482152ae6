namespace Sluice.Rollouts.Planning;

/// <summary>Whom or what a rollout waits for.</summary>
public enum AwaitedKind
{
    /// <summary>A person must decide.</summary>
    Decision,

    /// <summary>People must approve.</summary>
    Approval,

    /// <summary>A window must open.</summary>
    Window,
}
