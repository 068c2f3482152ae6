using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.Rollouts.Diagnosis;

namespace Sluice.AzureML.Endpoints;

/// <summary>One look at an endpoint and its deployments.</summary>
internal static class EndpointLook
{
    /// <summary>Looks.</summary>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public static async Task<EndpointFact> AtAsync(
        MachineLearningOnlineEndpointCollection endpoints, string endpoint, CancellationToken cancellationToken)
    {
        var found = await endpoints.GetIfExistsAsync(endpoint, cancellationToken);
        if (!found.HasValue)
        {
            return new(Endpoint: null, IsPublic: true);
        }

        var deployments = new List<MachineLearningOnlineDeploymentData>();
        try
        {
            await foreach (var deployment in found.Value!.GetMachineLearningOnlineDeployments().GetAllAsync(cancellationToken: cancellationToken))
            {
                deployments.Add(deployment.Data);
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // The endpoint went between the two looks.
            return new(Endpoint: null, IsPublic: true);
        }

        var data = found.Value!.Data;
        return new(
            StateReader.Endpoint(data, deployments), data.Properties.PublicNetworkAccess != MachineLearningPublicNetworkAccessType.Disabled);
    }
}
