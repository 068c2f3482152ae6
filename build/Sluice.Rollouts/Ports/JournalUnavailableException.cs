namespace Sluice.Rollouts.Ports;

/// <summary>
/// There can be no journal in the workspace: the caller lacks a right, or there is no datastore for it. A rollout goes on without it, on
/// the endpoint's tags alone.
/// </summary>
public sealed class JournalUnavailableException : RolloutException
{
    /// <summary>Says why.</summary>
    /// <param name="why">A sentence; where a right is missing it names the role that gives it.</param>
    /// <param name="innerException">What the store answered; null for nothing.</param>
    public JournalUnavailableException(string why, Exception? innerException = null)
        : base(why, innerException)
    {
    }
}
