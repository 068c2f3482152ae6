using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>The candidate is up, at 0 %, and answers.</summary>
internal static class GreenStage
{
    public static Decision Next(Situation situation)
    {
        if ((Preconditions.EndpointReady(situation) ?? Preconditions.CandidateRegistered(situation)) is { } notReady)
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
            null => Create(situation, endpoint, name, version),
            { } other when !Situation.Serves(other, version) => Decision.Fail(
                $"Deployment {name} serves {other.Served}, not {version.Title}; rename one of them."),
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

        return situation.History.SmokeTestOf(name) switch
        {
            null => Decision.Act(new SmokeTest(endpoint.Name, name), $"Deployment {name} is up and has no traffic."),
            { Kind: VerdictKind.Pass } => Decision.Done($"Deployment {name} is up with {version.Title} at 0 %."),
            { } verdict => Decision.Fail($"Deployment {name} failed its smoke test: {verdict.Sentence}."),
        };
    }
}
