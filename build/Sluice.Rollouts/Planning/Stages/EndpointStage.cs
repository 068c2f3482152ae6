using Sluice.Rollouts.Planning.Actions;

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
            not null when Preconditions.EndpointReady(situation) is { } notReady => notReady,
            { } endpoint when endpoint.AuthMode != wanted.AuthMode => Decision.Fail(
                $"Endpoint {wanted.Name} has the auth mode {endpoint.AuthMode}, wanted is {wanted.AuthMode}; Azure can't change it on an endpoint that exists."),
            { } endpoint => Decision.Done($"Endpoint {endpoint.Name} exists."),
        };
    }
}
