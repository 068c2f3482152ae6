using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Journal;

/// <summary>The event's actor approved the rollout.</summary>
/// <param name="Time">When.</param>
/// <param name="Scope">For what.</param>
public sealed record Approved(DateTimeOffset Time, ApprovalScope Scope) : JournalEvent(Time)
{
    /// <summary>
    /// Which step was approved: the one whose traffic had been there since then, by the journal that the person was shown. Null where it is
    /// not about a step.
    /// </summary>
    public DateTimeOffset? TrafficSince { get; init; }
}
