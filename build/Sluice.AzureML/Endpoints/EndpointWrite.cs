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
        await turn.WriteAfterLookAsync(
            call,
            spec.Name,
            deployment: null,
            async there =>
            {
                if (there is null)
                {
                    var found = await call.ReadAsync(() => workspace.GetAsync(cancellationToken), cancellationToken);
                    return async () =>
                    {
                        isSent = true;
                        return await endpoints.CreateOrUpdateAsync(
                            WaitUntil.Started, spec.Name, EndpointBody.Of(spec, workspace.Id, found.Value.Data.Location), cancellationToken);
                    };
                }

                // After a try whose answer was lost, what is there is our own.
                var state = StateReader.StateOf(there.Data);
                return isSent && state == ProvisioningState.Succeeded ? null : throw Unfit(spec.Name, state, isSent);
            },
            cancellationToken);
    }

    private static RequestFailedException Unfit(string name, ProvisioningState state, bool isOurs) => isOurs
        ? new(400, $"The creation of endpoint '{name}' ended as {state}.", "EndpointFailed", innerException: null)
        : new(
            400,
            $"The endpoint '{name}' exists already ({state}); creating it anew would end its traffic.",
            "EndpointExists",
            innerException: null);
}
