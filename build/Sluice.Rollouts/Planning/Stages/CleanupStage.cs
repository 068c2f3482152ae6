using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>What the rollout retired is deleted, all but the newest few that the spec retains.</summary>
internal static class CleanupStage
{
    public static Decision Next(Situation situation)
    {
        if (situation.State.Endpoint is not { } endpoint)
        {
            return Decision.Done($"There is no endpoint {situation.Spec.Endpoint.Name}.");
        }

        if (Preconditions.Settled(endpoint) is { } wait)
        {
            return wait;
        }

        if (endpoint.Mark is { IsOpen: true } open)
        {
            return Decision.Hold(
                $"The rollout of {open.Candidate} is not over (traffic is [{endpoint.Traffic}]); {open.Stable} must stay warm until it is.");
        }

        var retired = endpoint.Deployments
            .Where(deployment => IsRetired(situation, endpoint, deployment))
            .OrderByDescending(deployment => deployment.CreatedAt)
            .ToArray();
        if (retired.Length <= situation.Spec.Strategy.Retain)
        {
            return Decision.Done(retired.Length == 0
                ? "No deployment is retired."
                : $"Retired and kept: {string.Join(", ", retired.Select(deployment => deployment.Name))}.");
        }

        return Decision.Act(
            new DeleteDeployment(endpoint.Name, retired[^1].Name),
            $"Deployment {retired[^1].Name} is retired; {situation.Spec.Strategy.Retain} of these are retained.");
    }

    // Ours, or the one that our rollout replaced; without traffic; and not a candidate that still waits for its canary.
    private static bool IsRetired(Situation situation, EndpointState endpoint, DeploymentState deployment) =>
        endpoint.Traffic[deployment.Name] == 0
        && endpoint.MirrorTraffic[deployment.Name] == 0
        && !endpoint.Traffic.IsNone
        && (RoleTags.AreOurs(deployment.Tags) || endpoint.Mark?.Stable == deployment.Name)
        && (deployment.Name != situation.Candidate || situation.CandidateMark is not null);
}
