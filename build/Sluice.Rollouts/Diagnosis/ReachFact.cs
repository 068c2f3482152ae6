namespace Sluice.Rollouts.Diagnosis;

/// <summary>A server that answered, whatever it answered.</summary>
/// <param name="Address">The server.</param>
/// <param name="ClockAhead">How far its clock is ahead of this machine's, to the second; null when it told no time.</param>
/// <param name="TenantId">The tenant that it wants a sign-in to; null when it named none.</param>
public sealed record ReachFact(Uri Address, TimeSpan? ClockAhead, string? TenantId)
{
    /// <summary>The code of the failure that no name service knows the server.</summary>
    public const string NameUnknown = "NameUnknown";

    /// <summary>The code of the failure that no connection came about.</summary>
    public const string NoConnection = "NoConnection";

    /// <summary>The code of the failure that the connection could not be secured.</summary>
    public const string NotSecured = "NotSecured";

    /// <summary>The code of the failure that a proxy let nothing through.</summary>
    public const string ProxyRefused = "ProxyRefused";
}
