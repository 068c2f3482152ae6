using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Connection;

/// <summary>The credentials of Azure.Identity by the names that people choose.</summary>
internal static class Credentials
{
    /// <summary>Makes the credential; nothing is called yet.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="tenantId">The tenant to sign in to; null for the credential's own.</param>
    /// <param name="authority">Where to sign in.</param>
    /// <param name="transport">How to call there.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="ArgumentException">An environment variable that the credential needs is not set.</exception>
    public static TokenCredential Create(
        CredentialKind kind, string? tenantId, Uri authority, HttpPipelineTransport transport, Func<string, string?> environment)
    {
        switch (kind)
        {
            case CredentialKind.Default:
                return new DefaultAzureCredential(Into(new DefaultAzureCredentialOptions { TenantId = tenantId }));
            case CredentialKind.AzureCli:
                return new AzureCliCredential(Into(new AzureCliCredentialOptions { TenantId = tenantId }));
            case CredentialKind.AzurePowershell:
                return new AzurePowerShellCredential(Into(new AzurePowerShellCredentialOptions { TenantId = tenantId }));
            case CredentialKind.ManagedIdentity:
                return ManagedIdentity();
            case CredentialKind.WorkloadIdentity:
                return new WorkloadIdentityCredential(Into(
                    new WorkloadIdentityCredentialOptions { TenantId = tenantId ?? environment("AZURE_TENANT_ID") }));
            case CredentialKind.Environment:
                return new EnvironmentCredential(Into(new EnvironmentCredentialOptions()));
            case CredentialKind.AzurePipelines:
                return new AzurePipelinesCredential(
                    tenantId ?? Needed("AZURESUBSCRIPTION_TENANT_ID"),
                    Needed("AZURESUBSCRIPTION_CLIENT_ID"),
                    Needed("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"),
                    Needed("SYSTEM_ACCESSTOKEN"),
                    Into(new AzurePipelinesCredentialOptions()));
            case CredentialKind.Interactive:
                return new InteractiveBrowserCredential(Into(new InteractiveBrowserCredentialOptions { TenantId = tenantId }));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such credential.");
        }

        TOptions Into<TOptions>(TOptions options)
            where TOptions : TokenCredentialOptions
        {
            options.AuthorityHost = authority;
            options.Transport = transport;
            return options;
        }

        TokenCredential ManagedIdentity()
        {
            var id = environment("AZURE_CLIENT_ID") is { Length: > 0 } clientId
                ? ManagedIdentityId.FromUserAssignedClientId(clientId)
                : ManagedIdentityId.SystemAssigned;
            return new ManagedIdentityCredential(Into(new ManagedIdentityCredentialOptions(id)));
        }

        string Needed(string name) => environment(name) is { Length: > 0 } value
            ? value
            : throw new ArgumentException(
                $"The credential azure-pipelines needs the environment variable {name}. The task AzureCLI@2 or AzurePowerShell@5 sets "
                + "AZURESUBSCRIPTION_*; SYSTEM_ACCESSTOKEN has to be mapped in the step's env.");
    }
}
