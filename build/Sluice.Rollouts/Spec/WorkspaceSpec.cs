namespace Sluice.Rollouts.Spec;

/// <summary>Where the workspace is, and who calls.</summary>
/// <param name="Cloud">The Azure cloud, or the local one.</param>
/// <param name="SubscriptionId">The subscription's GUID.</param>
/// <param name="ResourceGroup">The resource group, 1 to 90 characters.</param>
/// <param name="Name">The workspace, <c>^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$</c>.</param>
/// <param name="Credential">Which credential signs the calls; ignored by the local cloud, which has its own token.</param>
/// <param name="TenantId">The tenant to sign in to; null for the credential's own.</param>
public sealed record WorkspaceSpec(
    Cloud Cloud,
    string SubscriptionId,
    string ResourceGroup,
    string Name,
    CredentialKind Credential = CredentialKind.Default,
    string? TenantId = null);
