namespace Sluice.Rollouts.Diagnosis;

/// <summary>A subscription as ARM shows it.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="State">Enabled, Warned, PastDue, Disabled or Deleted; in the first three ARM takes writes.</param>
/// <param name="TenantId">The tenant that it belongs to; null when ARM did not say.</param>
public sealed record SubscriptionFact(string Name, string State, string? TenantId);
