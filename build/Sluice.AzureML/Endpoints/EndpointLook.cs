using System.Collections.Immutable;
using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Connection;
using Sluice.Rollouts.Diagnosis;

namespace Sluice.AzureML.Endpoints;

/// <summary>Looks at an endpoint and its deployments, side by side, as far as they were not just seen.</summary>
internal sealed class EndpointLook(AzureConnection connection, RecentReads recent)
{
    /// <summary>Looks.</summary>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public async Task<EndpointFact> AtAsync(string endpoint, CancellationToken cancellationToken)
    {
        var known = recent.EndpointOf(endpoint);
        var listed = recent.DeploymentsOf(endpoint);
        var finding = known is null
            ? recent.ReadAsync(connection.Workspace.GetMachineLearningOnlineEndpoints(), endpoint, cancellationToken)
            : Task.FromResult<MachineLearningOnlineEndpointResource?>(known.Resource);
        var listing = listed is null ? ListAsync(endpoint, cancellationToken) : Task.FromResult(listed);
        await Task.WhenAll(finding, listing);

        // Where there is one without the other, the endpoint came or went between the two.
        if (await finding is not { } found || await listing is not { } deployments)
        {
            return new(Endpoint: null, IsPublic: true);
        }

        return new(
            StateReader.Endpoint(found.Data, deployments),
            found.Data.Properties.PublicNetworkAccess != MachineLearningPublicNetworkAccessType.Disabled);
    }

    /// <returns>The deployments; null when the endpoint is missing.</returns>
    private async Task<ImmutableArray<MachineLearningOnlineDeploymentData>?> ListAsync(string endpoint, CancellationToken cancellationToken)
    {
        var listed = ImmutableArray.CreateBuilder<MachineLearningOnlineDeploymentData>();
        try
        {
            await foreach (var deployment in connection.Endpoint(endpoint).GetMachineLearningOnlineDeployments()
                .GetAllAsync(cancellationToken: cancellationToken))
            {
                listed.Add(deployment.Data);
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }

        var deployments = listed.ToImmutable();
        recent.Saw(endpoint, deployments);
        return deployments;
    }
}
