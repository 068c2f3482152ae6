namespace Sluice.Rollouts.Diagnosis;

/// <summary>A workspace as ARM shows it.</summary>
/// <param name="Location">Its region, for example <c>westeurope</c>.</param>
/// <param name="State">Where the service is with it, <c>Succeeded</c> when it can be used.</param>
/// <param name="IsPublic">Whether it answers on the public network.</param>
/// <param name="StorageAccountId">The ARM id of its storage account; null when ARM did not say.</param>
public sealed record WorkspaceFact(string Location, string State, bool IsPublic, string? StorageAccountId);
