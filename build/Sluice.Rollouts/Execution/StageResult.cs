using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>How a stage went.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Why">Why, in one sentence.</param>
/// <param name="Actions">The number of actions that were applied; 0 when there was nothing to do.</param>
/// <param name="State">The last look at the workspace.</param>
public sealed record StageResult(Stage Stage, Outcome Outcome, string Why, int Actions, WorkspaceState State);
