namespace Sluice.Rollouts.Spec;

/// <summary>The way to get a token for Azure; in kebab-case on the command line.</summary>
public enum CredentialKind
{
    /// <summary>The chain of Azure.Identity's DefaultAzureCredential.</summary>
    Default,

    /// <summary>The login of <c>az login</c>.</summary>
    AzureCli,

    /// <summary>The login of <c>Connect-AzAccount</c>.</summary>
    AzurePowershell,

    /// <summary>The managed identity of the machine.</summary>
    ManagedIdentity,

    /// <summary>A federated token, as in Kubernetes or GitHub Actions.</summary>
    WorkloadIdentity,

    /// <summary>The AZURE_* environment variables.</summary>
    Environment,

    /// <summary>The service connection of an Azure DevOps pipeline.</summary>
    AzurePipelines,

    /// <summary>A browser window.</summary>
    Interactive,
}
