using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>The candidate is up, at 0 %, and answers.</summary>
internal static class GreenStage
{
    public static Decision Next(Situation situation)
    {
        if ((Preconditions.EndpointReady(situation) ?? Preconditions.CandidateRegistered(situation) ?? Preconditions.NameIsFree(situation)) is { } notReady)
        {
            return notReady;
        }

        var endpoint = situation.State.Endpoint!;
        var version = situation.CandidateVersion!;
        var name = situation.Candidate!;
        if (endpoint.Traffic.IsNone)
        {
            return Decision.Fail($"Nothing serves on {endpoint.Name} yet; the stage Blue makes the first deployment.", Stage.Blue);
        }

        if ((RollbackStage.WentBack(situation) ?? Rejection.Next(situation)) is { } over)
        {
            return over;
        }

        return endpoint.Deployment(name) switch
        {
            null => Preconditions.TrafficIsOurs(situation) ?? Create(situation, endpoint, name, version),
            { } other when !Situation.Serves(other, version) => Unfit(situation, other, $"serves {Preconditions.Mismatch(other, version)}"),
            { IsReady: false } broken => Preconditions.Replace(situation, broken),
            _ => Test(situation, endpoint, name, version),
        };
    }

    private static Decision Create(Situation situation, EndpointState endpoint, string name, ModelVersion version)
    {
        var spec = situation.Spec.Green;
        return Decision.Act(
            new CreateDeployment(endpoint.Name, name, spec, version, RoleTags.OfDeployment(spec.Tags, Role.Candidate, version.Digest)),
            $"No deployment serves {version.Title}.");
    }

    private static Decision Test(Situation situation, EndpointState endpoint, string name, ModelVersion version)
    {
        if (endpoint.Traffic[name] > 0)
        {
            return Decision.Done($"{version.Title} serves already, as {name}: traffic is [{endpoint.Traffic}].");
        }

        var deployment = endpoint.Deployment(name)!;
        if (Difference(situation, deployment) is { } difference)
        {
            return Unfit(situation, deployment, difference);
        }

        return situation.History.SmokeTestOf(name) switch
        {
            null => Decision.Act(new SmokeTest(endpoint.Name, name), $"Deployment {name} is up and has no traffic."),
            { Kind: VerdictKind.Pass } => Decision.Done($"Deployment {name} is up with {version.Title} at 0 %."),
            { } verdict => Unfit(situation, deployment, $"failed its smoke test: {verdict.Sentence}"),
        };
    }

    /// <summary>
    /// What a rollout made otherwise than it is wanted now; null when nothing, or when its machines are not known. A person's own deployment is
    /// as they want it.
    /// </summary>
    private static string? Difference(Situation situation, DeploymentState deployment)
    {
        var spec = situation.Spec.Green;
        var isSame = deployment.InstanceCount == spec.InstanceCount
            && deployment.InstanceType.Equals(spec.InstanceType, StringComparison.OrdinalIgnoreCase);
        return isSame || deployment.InstanceType.Length == 0 || !CanBeMadeAnew(situation, deployment)
            ? null
            : $"has {deployment.InstanceCount} × {deployment.InstanceType}, and wanted are {spec.InstanceCount} × {spec.InstanceType}";
    }

    /// <summary>The decision on a deployment that is not fit for the canary: made anew when a person wants another try, once.</summary>
    private static Decision Unfit(Situation situation, DeploymentState deployment, string why)
    {
        var delete = new DeleteDeployment(situation.Spec.Endpoint.Name, deployment.Name);
        return !CanBeMadeAnew(situation, deployment) || situation.History.HasApplied(delete) ? Decision.Fail($"Deployment {deployment.Name} {why}.")
            : situation.Retry ? Decision.Act(delete, $"Deployment {deployment.Name} {why}; a person wants it made anew.")
            : Decision.Fail($"Deployment {deployment.Name} {why}. --retry makes it anew.");
    }

    /// <summary>Whether a rollout made it, and it has not had its turn: nothing newer serves, which it might be the way back from.</summary>
    private static bool CanBeMadeAnew(Situation situation, DeploymentState deployment)
    {
        var endpoint = situation.State.Endpoint!;
        return RoleTags.AreOurs(deployment.Tags)
            && endpoint.MirrorTraffic[deployment.Name] == 0
            && endpoint.Deployments.TakeWhile(newer => newer != deployment).All(newer => endpoint.Traffic[newer.Name] == 0);
    }
}
