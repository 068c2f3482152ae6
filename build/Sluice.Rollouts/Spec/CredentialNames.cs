using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>The credentials by the names that people choose them by.</summary>
public static class CredentialNames
{
    /// <summary>Each credential with its name.</summary>
    public static ImmutableArray<NamedCredential> All { get; } =
    [
        new("default", CredentialKind.Default),
        new("azure-cli", CredentialKind.AzureCli),
        new("azure-powershell", CredentialKind.AzurePowershell),
        new("managed-identity", CredentialKind.ManagedIdentity),
        new("workload-identity", CredentialKind.WorkloadIdentity),
        new("environment", CredentialKind.Environment),
        new("azure-pipelines", CredentialKind.AzurePipelines),
        new("interactive", CredentialKind.Interactive),
    ];

    /// <summary>The name of a credential.</summary>
    public static string Of(CredentialKind kind) => All.First(each => each.Kind == kind).Name;
}
