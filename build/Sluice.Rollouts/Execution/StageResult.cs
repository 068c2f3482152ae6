using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;

namespace Sluice.Rollouts.Execution;

/// <summary>How a stage went.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Finish">The planner's last word on it.</param>
/// <param name="Actions">The number of actions that were applied; 0 when there was nothing to do.</param>
/// <param name="Next">What a person may do next.</param>
public sealed record StageResult(Stage Stage, FinishDecision Finish, int Actions, NextSteps Next)
{
    /// <summary>How it ended.</summary>
    public Outcome Outcome => Finish.Outcome;

    /// <summary>Why, in one sentence.</summary>
    public string Why => Finish.Why;
}
