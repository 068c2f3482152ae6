using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Journal;

/// <summary>The event's actor approved the rollout.</summary>
/// <param name="Time">When.</param>
/// <param name="Scope">For what.</param>
public sealed record Approved(DateTimeOffset Time, ApprovalScope Scope) : JournalEvent(Time);
