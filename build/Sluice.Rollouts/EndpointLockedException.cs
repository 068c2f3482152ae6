namespace Sluice.Rollouts;

/// <summary>Another run holds the endpoint; this one must not write.</summary>
public sealed class EndpointLockedException : RolloutException
{
    /// <summary>Says who holds it since when, and what to do.</summary>
    public EndpointLockedException(string message)
        : base(message)
    {
    }
}
