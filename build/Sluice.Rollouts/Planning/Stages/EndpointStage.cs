using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>The endpoint exists and can be worked on.</summary>
internal static class EndpointStage
{
    public static Decision Next(Situation situation)
    {
        var wanted = situation.Spec.Endpoint;
        return situation.State.Endpoint switch
        {
            null => Decision.Act(new CreateEndpoint(wanted), $"There is no endpoint {wanted.Name}."),
            { State: ProvisioningState.Failed or ProvisioningState.Canceled, Traffic.IsNone: true } => Decision.Fail(
                $"Endpoint {wanted.Name} was not created successfully and can't be used; delete it first (Cleanup --delete-endpoint --yes)."),
            { } endpoint when Preconditions.Settled(endpoint) is { } wait => wait,
            { } endpoint when endpoint.AuthMode != wanted.AuthMode => Decision.Fail(
                $"Endpoint {wanted.Name} has the auth mode {endpoint.AuthMode}, wanted is {wanted.AuthMode}; Azure can't change it on an endpoint that exists."),
            { } endpoint => Decision.Done($"Endpoint {endpoint.Name} exists."),
        };
    }
}
