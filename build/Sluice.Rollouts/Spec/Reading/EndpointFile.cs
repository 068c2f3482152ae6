namespace Sluice.Rollouts.Spec.Reading;

/// <summary>What an endpoint's file says.</summary>
/// <param name="Spec">The endpoint.</param>
/// <param name="WrittenName">The name in the file, which an argument may have won over; null without one and after a mistake.</param>
/// <param name="Compute">The Kubernetes compute and where it is written; null for a managed endpoint.</param>
internal sealed record EndpointFile(EndpointSpec Spec, string? WrittenName, Field<string>? Compute);
