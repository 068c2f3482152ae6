using Sluice.Rollouts.Planning.Actions;

namespace Sluice.Rollouts.Execution;

/// <summary>The run was cancelled amid a write. What was sent of it, the service brings to its end, whoever waits.</summary>
public sealed class WriteCancelledException : OperationCanceledException
{
    /// <summary>Says which write it was.</summary>
    /// <param name="write">The write.</param>
    /// <param name="cause">What ended the wait for it.</param>
    public WriteCancelledException(RolloutAction write, OperationCanceledException cause)
        : base($"The run was cancelled when it had begun to {write}: what was sent, Azure brings to its end.", cause)
    {
    }
}
