using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Notifications;

/// <summary>A place that is told of a rollout's states.</summary>
/// <param name="Kind">What a message is made for.</param>
/// <param name="Name">
/// What messages and the journal call it: the kind with the variable that holds the address, or with the address's host. No part of it is a
/// secret, and no two places have the same one.
/// </param>
public sealed record NotificationSpec(NotificationKind Kind, string Name)
{
    /// <summary>Where messages go: HTTPS, or HTTP on loopback. Null where an environment variable says it.</summary>
    public Uri? Address { get; init; }

    /// <summary>The environment variable with the address, which then is a secret; null where the configuration says it.</summary>
    public string? AddressVariable { get; init; }

    /// <summary>The environment variable with a bearer token for it; null for none.</summary>
    public string? TokenVariable { get; init; }

    /// <summary>The states that it is told of.</summary>
    public required ImmutableArray<NotifiedState> On { get; init; }

    /// <summary>The text, with placeholders; null for the usual one.</summary>
    public string? Template { get; init; }
}
