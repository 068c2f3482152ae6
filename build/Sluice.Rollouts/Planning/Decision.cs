using Sluice.Rollouts.Planning.Actions;

namespace Sluice.Rollouts.Planning;

/// <summary>What the planner wants next, with its reason in one sentence.</summary>
/// <param name="Why">The reason.</param>
public abstract record Decision(string Why)
{
    /// <summary>An action to apply now.</summary>
    public static Decision Act(RolloutAction action, string why) => new ActDecision(action, why);

    /// <summary>Nothing to do before that time.</summary>
    public static Decision Wait(DateTimeOffset until, string why) => new WaitDecision(until, why);

    /// <summary>The stage is over, and what it is for is there.</summary>
    public static Decision Done(string why) => new FinishDecision(Outcome.Done, why);

    /// <summary>The stage is over, because it can't go on.</summary>
    /// <param name="why">The reason.</param>
    /// <param name="brings">The stage that brings what it needs; null when none does.</param>
    public static Decision Fail(string why, Stage? brings = null) => new FinishDecision(Outcome.Failed, why) { Brings = brings };

    /// <summary>The stage is over, because a person must decide.</summary>
    /// <param name="why">The reason.</param>
    /// <param name="awaited">What exactly it waits for; null where the reason alone says it.</param>
    public static Decision Hold(string why, Awaited? awaited = null) => new FinishDecision(Outcome.Held, why) { Awaited = awaited };

    /// <summary>The stage is over, because the rollout went back.</summary>
    public static Decision RolledBack(string why) => new FinishDecision(Outcome.RolledBack, why);
}
