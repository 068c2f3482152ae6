using Sluice.Rollouts;
using Sluice.Rollouts.Execution;

namespace Sluice;

/// <summary>A stage ended other than done. It carries the result, from which the exit code follows.</summary>
public sealed class StageStoppedException : RolloutException
{
    /// <summary>Says the stage's reason.</summary>
    public StageStoppedException(StageResult result)
        : base($"{result.Stage}: {result.Why}") => Result = result;

    /// <summary>How the stage ended.</summary>
    public StageResult Result { get; }
}
