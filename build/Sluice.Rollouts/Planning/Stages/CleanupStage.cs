using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>
/// What the rollout retired is deleted, all but the few that the spec retains: the way back first, then the newest that were not rejected.
/// </summary>
internal static class CleanupStage
{
    public static Decision Next(Situation situation)
    {
        if (situation.State.Endpoint is not { } endpoint)
        {
            return Decision.Done($"There is no endpoint {situation.Spec.Endpoint.Name}.");
        }

        if (Preconditions.Settled(situation, endpoint) is { } wait)
        {
            return wait;
        }

        // What a rollout that went back elsewhere has retired, is retired.
        if (Preconditions.TrafficIsOurs(situation) is { } foreign and not FinishDecision { Outcome: Outcome.RolledBack })
        {
            return foreign;
        }

        if (situation.KnownMark is { IsOpen: true } open)
        {
            return Decision.Hold(
                $"The rollout of {open.Candidate} is not over (traffic is [{endpoint.Traffic}]); {open.Stable} must stay warm until it is.");
        }

        if (MovedOn(situation, endpoint) is { } moved)
        {
            return moved;
        }

        var retired = endpoint.Deployments
            .Where(deployment => IsRetired(situation, endpoint, deployment))
            .OrderByDescending(deployment => WasReplaced(endpoint, deployment))
            .ThenBy(deployment => RoleTags.AreOfRejected(deployment.Tags))
            .ThenByDescending(deployment => deployment.CreatedAt)
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

    /// <summary>
    /// The decision when somebody else took all traffic off what the latest rollout left serving, and that is still there to go back to; null
    /// when nobody has, or a person accepts it.
    /// </summary>
    private static Decision? MovedOn(Situation situation, EndpointState endpoint)
    {
        var left = endpoint.Mark?.Serving;
        return left is null || endpoint.Deployment(left) is null || endpoint.Traffic[left] > 0 || situation.Adopt || situation.History.IsAdopted
            ? null
            : Decision.Hold(
                $"The latest rollout left {left} serving, and somebody else moved the traffic: it is [{endpoint.Traffic}]. --adopt cleans up by "
                + "what is there.");
    }

    private static bool IsRetired(Situation situation, EndpointState endpoint, DeploymentState deployment) =>
        !endpoint.Traffic.IsNone
        && endpoint.Traffic[deployment.Name] == 0
        && endpoint.MirrorTraffic[deployment.Name] == 0
        && !Waits(situation, endpoint, deployment)
        && (RoleTags.AreOurs(deployment.Tags) || WasReplaced(endpoint, deployment));

    /// <summary>
    /// Whether it is a candidate that waits for its canary: this spec's, or another's and thus newer than what serves. One that was rejected
    /// waits for nothing, unless a person wants another try of it.
    /// </summary>
    private static bool Waits(Situation situation, EndpointState endpoint, DeploymentState deployment)
    {
        var hadItsTurn = endpoint.Mark is { Status: not RolloutStatus.Started } mark && (mark.Candidate == deployment.Name || mark.Stable == deployment.Name);
        var isTriedAgain = deployment.Name == situation.Candidate && situation.CandidateMark is { Status: RolloutStatus.Started };
        return RoleTags.AreOfRejected(deployment.Tags) ? isTriedAgain
            : deployment.Name == situation.Candidate ? isTriedAgain || situation.CandidateMark is null
            : !hadItsTurn && endpoint.Traffic.Deployments.Any(name => endpoint.Deployment(name)?.CreatedAt < deployment.CreatedAt);
    }

    /// <summary>Whether a rollout replaced it, whoever made it.</summary>
    private static bool WasReplaced(EndpointState endpoint, DeploymentState deployment) =>
        endpoint.Mark is { Status: RolloutStatus.Completed } mark && mark.Stable == deployment.Name;
}
