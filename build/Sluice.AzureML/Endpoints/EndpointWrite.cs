using Azure;
using Azure.ResourceManager.MachineLearning;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>Creates an endpoint. One that is there is left alone: a PUT of a new endpoint would end its traffic.</summary>
internal sealed class EndpointWrite(
    MachineLearningWorkspaceResource workspace, MachineLearningOnlineEndpointCollection endpoints, EndpointTurn turn)
{
    /// <summary>Creates the endpoint and waits until the service is done.</summary>
    /// <exception cref="RequestFailedException">The endpoint exists already, or the service refused it, or its creation failed.</exception>
    public async Task RunAsync(LongCall call, EndpointSpec spec, CancellationToken cancellationToken)
    {
        var isSent = false;
        await turn.WriteAsync(
            call,
            spec.Name,
            deployment: null,
            async there =>
            {
                if (there is null)
                {
                    var region = (await workspace.GetAsync(cancellationToken)).Value.Data.Location;
                    isSent = true;
                    return await endpoints.CreateOrUpdateAsync(
                        WaitUntil.Started, spec.Name, EndpointBody.Of(spec, region), cancellationToken);
                }

                // Refused as busy, it may be our own: made by a try whose answer was lost.
                var state = StateReader.StateOf(there.Data);
                return isSent && state == ProvisioningState.Succeeded
                    ? null
                    : throw new RequestFailedException(
                        400,
                        $"The endpoint '{spec.Name}' exists already ({state}); creating it anew would end its traffic.",
                        "EndpointExists",
                        innerException: null);
            },
            cancellationToken);
    }
}
