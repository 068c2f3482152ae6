using Sluice.Rollouts.Planning.Actions;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>The endpoint is deleted with all its deployments. The person's consent is asked for before the planner is.</summary>
internal static class DeleteEndpointStage
{
    public static Decision Next(Situation situation) => situation.State.Endpoint switch
    {
        null => Decision.Done($"There is no endpoint {situation.Spec.Endpoint.Name}."),
        { } endpoint when Preconditions.Settled(situation, endpoint) is { } wait => wait,
        { } endpoint => Decision.Act(
            new DeleteEndpoint(endpoint.Name),
            $"A person asked for it; traffic is [{endpoint.Traffic}], deployments: {string.Join(", ", endpoint.Deployments.Select(deployment => deployment.Name))}."),
    };
}
