namespace Sluice.Rollouts.Ports;

/// <summary>One of the two keys of an endpoint; both open it.</summary>
public enum EndpointKey
{
    /// <summary>The one that callers use, and that <c>az ml online-endpoint invoke</c> takes.</summary>
    Primary,

    /// <summary>The one that callers move to while the primary one is regenerated.</summary>
    Secondary,
}
