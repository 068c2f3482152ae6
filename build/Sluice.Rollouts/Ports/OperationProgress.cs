namespace Sluice.Rollouts.Ports;

/// <summary>News of a call that takes a while.</summary>
/// <param name="State">The service's word for where it is, for example <c>Updating</c>, or <c>Uploading</c>.</param>
/// <param name="Elapsed">The time since the call began.</param>
/// <param name="Bytes">Bytes uploaded so far; null where nothing is uploaded.</param>
/// <param name="TotalBytes">Bytes to upload in all; null as for <paramref name="Bytes"/>.</param>
public sealed record OperationProgress(string State, TimeSpan Elapsed, long? Bytes = null, long? TotalBytes = null);
