using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Connection;

/// <summary>The credentials of Azure.Identity by the names that people choose.</summary>
internal static class Credentials
{
    /// <summary>Makes the credential; nothing is called yet.</summary>
    /// <param name="signIn">Which one, and for whom.</param>
    /// <param name="authority">Where to sign in.</param>
    /// <param name="transport">How to call there.</param>
    /// <param name="mask">Takes in what a token is asked for with.</param>
    /// <exception cref="RolloutException">The credential lacks something; the sentence says what, and what to do.</exception>
    public static TokenCredential Create(SignIn signIn, Uri authority, HttpPipelineTransport transport, ISecretMask mask)
    {
        signIn.Check();
        var (kind, tenantId) = (signIn.Kind, signIn.TenantId);
        switch (kind)
        {
            case CredentialKind.Default:
                return Chain();
            case CredentialKind.AzureCli:
                return new AzureCliCredential(Into(new AzureCliCredentialOptions { TenantId = tenantId }));
            case CredentialKind.AzurePowershell:
                return new AzurePowerShellCredential(Into(new AzurePowerShellCredentialOptions { TenantId = tenantId }));
            case CredentialKind.ManagedIdentity:
                return new ManagedIdentityCredential(Into(new ManagedIdentityCredentialOptions(ManagedIdentity())));
            case CredentialKind.WorkloadIdentity when signIn.HasGitHubAssertion:
                var gitHub = new GitHubAssertion(transport, signIn.Environment, mask);
                return new ClientAssertionCredential(
                    tenantId ?? Variable("AZURE_TENANT_ID"),
                    Variable("AZURE_CLIENT_ID"),
                    async cancellationToken => (await gitHub.GetAsync(cancellationToken)).Reveal(),
                    Into(new ClientAssertionCredentialOptions()));
            case CredentialKind.WorkloadIdentity:
                return new WorkloadIdentityCredential(Into(new WorkloadIdentityCredentialOptions
                {
                    TenantId = tenantId ?? Variable("AZURE_TENANT_ID"),
                    ClientId = Variable("AZURE_CLIENT_ID"),
                    TokenFilePath = Variable("AZURE_FEDERATED_TOKEN_FILE"),
                }));
            case CredentialKind.Environment:
                return new EnvironmentCredential(Into(new EnvironmentCredentialOptions()));
            case CredentialKind.AzurePipelines:
                return new AzurePipelinesCredential(
                    tenantId ?? Variable("AZURESUBSCRIPTION_TENANT_ID"),
                    Variable("AZURESUBSCRIPTION_CLIENT_ID"),
                    Variable("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"),
                    Variable("SYSTEM_ACCESSTOKEN"),
                    Into(new AzurePipelinesCredentialOptions()));
            case CredentialKind.Interactive:
                return new InteractiveBrowserCredential(Into(new InteractiveBrowserCredentialOptions { TenantId = tenantId }));
            default:
                throw new ArgumentOutOfRangeException(nameof(signIn), kind, "There is no such credential.");
        }

        TokenCredential Chain()
        {
            try
            {
                return new DefaultAzureCredential(Into(new DefaultAzureCredentialOptions
                {
                    TenantId = tenantId,

                    // Both need a package that is not here; they could only lengthen the list of what failed.
                    ExcludeBrokerCredential = true,
                    ExcludeVisualStudioCodeCredential = true,
                }));
            }
            catch (InvalidOperationException refusal)
            {
                throw new RolloutException($"The credential default cannot be made of {SignIn.ChainVariable}: {refusal.Message}", refusal);
            }
        }

        TOptions Into<TOptions>(TOptions options)
            where TOptions : TokenCredentialOptions
        {
            options.AuthorityHost = authority;
            options.Transport = transport;
            return options;
        }

        ManagedIdentityId ManagedIdentity() => signIn.Environment("AZURE_CLIENT_ID") is { Length: > 0 } clientId
            ? ManagedIdentityId.FromUserAssignedClientId(clientId)
            : ManagedIdentityId.SystemAssigned;

        string Variable(string name) => signIn.Environment(name)!;
    }
}
