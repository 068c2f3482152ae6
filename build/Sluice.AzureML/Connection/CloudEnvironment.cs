using Azure.Identity;
using Azure.ResourceManager;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Connection;

/// <summary>
/// Where one of Azure's clouds is. The storage's host names come with each datastore. Held against azure-ai-ml,
/// <c>_azure_environments.py</c>, and ArmEnvironment of Azure.ResourceManager.
/// </summary>
/// <param name="Arm">ARM's end point, and the audience of its tokens.</param>
/// <param name="Authority">Where one signs in.</param>
/// <param name="ScoringAudience">
/// The audience of tokens for endpoints with the auth mode aad_token: the resource id of Azure Machine Learning in that cloud.
/// </param>
internal sealed record CloudEnvironment(ArmEnvironment Arm, Uri Authority, string ScoringAudience)
{
    /// <summary>The environment of a cloud.</summary>
    /// <exception cref="ArgumentException">The cloud is the local one.</exception>
    public static CloudEnvironment Of(Cloud cloud) => cloud switch
    {
        Cloud.AzureCloud => new(ArmEnvironment.AzurePublicCloud, AzureAuthorityHosts.AzurePublicCloud, "https://ml.azure.com"),
        Cloud.AzureChinaCloud => new(ArmEnvironment.AzureChina, AzureAuthorityHosts.AzureChina, "https://ml.azure.cn"),
        Cloud.AzureUSGovernment => new(ArmEnvironment.AzureGovernment, AzureAuthorityHosts.AzureGovernment, "https://ml.azure.us"),
        _ => throw new ArgumentException($"'{cloud}' is no Azure cloud.", nameof(cloud)),
    };
}
