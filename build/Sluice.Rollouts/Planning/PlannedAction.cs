using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>An action of a forecast.</summary>
/// <param name="Stage">The stage that applies it.</param>
/// <param name="Action">The action.</param>
/// <param name="Why">Its reason, if all that comes before it goes well.</param>
public sealed record PlannedAction(Stage Stage, RolloutAction Action, string Why)
{
    /// <summary>How long the run has waited before it: bakes and windows alone, as if every action were over at once.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>The workspace that it is predicted to leave.</summary>
    public required WorkspaceState After { get; init; }
}
