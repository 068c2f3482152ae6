using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>The credentials by the names that people choose them by.</summary>
public static class CredentialNames
{
    /// <summary>Each credential with its name.</summary>
    public static ImmutableArray<(string Name, CredentialKind Kind)> All { get; } =
    [
        ("default", CredentialKind.Default),
        ("azure-cli", CredentialKind.AzureCli),
        ("azure-powershell", CredentialKind.AzurePowershell),
        ("managed-identity", CredentialKind.ManagedIdentity),
        ("workload-identity", CredentialKind.WorkloadIdentity),
        ("environment", CredentialKind.Environment),
        ("azure-pipelines", CredentialKind.AzurePipelines),
        ("interactive", CredentialKind.Interactive),
    ];

    /// <summary>The name of a credential.</summary>
    public static string Of(CredentialKind kind) => All.First(each => each.Kind == kind).Name;
}
