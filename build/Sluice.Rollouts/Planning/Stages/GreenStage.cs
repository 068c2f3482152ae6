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

        if ((RollbackStage.WentBack(situation) ?? Preconditions.NoOtherIsUnderWay(situation) ?? Rejection.Next(situation)) is { } over)
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

    /// <summary>
    /// The sentence on a candidate whose deployment differs from what is wanted and is not made anew for it; null where there is no difference, or
    /// the stage's decision says it.
    /// </summary>
    public static string? KeptDifference(Situation situation)
    {
        if (situation.CandidateDeployment is not { } deployment || Difference.Of(deployment, situation.Spec) is not { } difference)
        {
            return null;
        }

        return !CanBeMadeAnew(situation, deployment)
            ? $"Deployment {deployment.Name} {difference}. It stays as it is, for it is made anew only before its canary and while nothing newer "
                + "serves; the next version gets what is wanted."
            : Rejection.IsRejected(situation, deployment.Name) && !situation.Retry ? $"Deployment {deployment.Name} {difference}. --retry makes it anew."
            : null;
    }

    private static Decision Create(Situation situation, EndpointState endpoint, string name, ModelVersion version)
    {
        var spec = situation.Spec.Green;
        return Decision.Act(
            new CreateDeployment(endpoint.Name, name, spec, version, RoleTags.OfDeployment(spec, Role.Candidate, version.Digest)),
            $"No deployment serves {version.Title}.");
    }

    private static Decision Test(Situation situation, EndpointState endpoint, string name, ModelVersion version)
    {
        if (endpoint.Traffic[name] > 0)
        {
            return Decision.Done($"{version.Title} serves already, as {name}: traffic is [{endpoint.Traffic}].");
        }

        var deployment = endpoint.Deployment(name)!;
        if (CanBeMadeAnew(situation, deployment) && Difference.Of(deployment, situation.Spec) is { } difference)
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

    /// <summary>The decision on a deployment that is not fit for the canary: made anew when a person wants another try, once.</summary>
    private static Decision Unfit(Situation situation, DeploymentState deployment, string why)
    {
        var delete = new DeleteDeployment(situation.Spec.Endpoint.Name, deployment.Name);
        return !CanBeMadeAnew(situation, deployment) || situation.History.HasApplied(delete) ? Decision.Fail($"Deployment {deployment.Name} {why}.")
            : situation.Retry ? Decision.Act(delete, $"Deployment {deployment.Name} {why}; a person wants it made anew.")
            : Decision.Fail($"Deployment {deployment.Name} {why}. --retry makes it anew.");
    }

    /// <summary>
    /// Whether a rollout made it, and it has not had its turn: its canary has not begun, and nothing newer serves, which it might be the way back
    /// from.
    /// </summary>
    private static bool CanBeMadeAnew(Situation situation, DeploymentState deployment)
    {
        var endpoint = situation.State.Endpoint!;
        return RoleTags.AreOurs(deployment.Tags)
            && situation.CandidateMark is not { IsOpen: true }
            && endpoint.Traffic[deployment.Name] + endpoint.MirrorTraffic[deployment.Name] == 0
            && endpoint.Deployments.TakeWhile(newer => newer != deployment).All(newer => endpoint.Traffic[newer.Name] == 0);
    }
}
