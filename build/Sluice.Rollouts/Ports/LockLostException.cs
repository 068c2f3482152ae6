namespace Sluice.Rollouts.Ports;

/// <summary>This process no longer holds the lock on the endpoint's journal; it must write nothing more.</summary>
public sealed class LockLostException : RolloutException
{
    /// <summary>Says so.</summary>
    /// <param name="location">The journal.</param>
    /// <param name="innerException">What the store answered; null for nothing.</param>
    public LockLostException(string location, Exception? innerException = null)
        : base($"The lock on {location} is another process's now.", innerException)
    {
    }
}
