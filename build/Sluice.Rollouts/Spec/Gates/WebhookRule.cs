namespace Sluice.Rollouts.Spec.Gates;

/// <summary>Somebody else's service judges: 2xx is a Pass, 4xx a Fail (401, 403, 404, 408 and 429 are not), anything else an Error.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Address">HTTPS, or HTTP on loopback.</param>
public sealed record WebhookRule(string Name, Uri Address) : GateRule(Name)
{
    /// <summary>The environment variable with a bearer token for it; null for none.</summary>
    public string? TokenVariable { get; init; }

    /// <summary>The time between two questions.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait for an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override bool HasOwnSource => true;
}
