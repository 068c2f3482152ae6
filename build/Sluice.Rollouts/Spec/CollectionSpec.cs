namespace Sluice.Rollouts.Spec;

/// <summary>One collection of payloads.</summary>
/// <param name="IsEnabled">Whether it is collected.</param>
/// <param name="DataId">The data asset that receives it; null for the service's own.</param>
/// <param name="ClientId">The client that writes it; null for the service's own.</param>
public sealed record CollectionSpec(bool IsEnabled, string? DataId, string? ClientId);
