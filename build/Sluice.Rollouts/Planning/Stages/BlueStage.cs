using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>Something serves all traffic; where nothing does, the first deployment is made.</summary>
internal static class BlueStage
{
    public static Decision Next(Situation situation)
    {
        if (Preconditions.EndpointReady(situation) is { } notReady)
        {
            return notReady;
        }

        var endpoint = situation.State.Endpoint!;
        if (endpoint.Traffic.Sum == 100)
        {
            return Decision.Done($"Traffic is [{endpoint.Traffic}].");
        }

        if (!endpoint.Traffic.IsNone)
        {
            return Decision.Hold($"The traffic [{endpoint.Traffic}] sums to {endpoint.Traffic.Sum} %, neither 0 nor 100.");
        }

        var name = situation.Spec.Blue.Name.ToLowerInvariant();
        return endpoint.Deployment(name) switch
        {
            null => Create(situation, name),
            { IsReady: false } failed => Decision.Act(
                new DeleteDeployment(endpoint.Name, failed.Name),
                $"Deployment {failed.Name} is {failed.State} and can't be repaired."),
            _ => Serve(situation, endpoint, name),
        };
    }

    private static Decision Create(Situation situation, string name)
    {
        if (situation.FirstVersion is not { } version)
        {
            return Decision.Fail($"No version of {situation.Spec.Model.Name} to deploy is registered; the stage Register makes it.");
        }

        var spec = situation.Spec.Blue;
        var why = situation.Spec.Model.Baseline is null
            ? $"Nothing serves yet, and there is no baseline: {version.Name} version {version.Version} is the first one."
            : "Nothing serves yet.";
        return Decision.Act(
            new CreateDeployment(situation.Spec.Endpoint.Name, name, spec, version, RoleTags.OfDeployment(spec.Tags, Role.Baseline, version.Digest)),
            why);
    }

    private static Decision Serve(Situation situation, EndpointState endpoint, string name) =>
        situation.History.SmokeTestOf(name) switch
        {
            null => Decision.Act(new SmokeTest(endpoint.Name, name), $"Deployment {name} is up and has no traffic."),
            { Kind: VerdictKind.Pass } => Decision.Act(
                new SetTraffic(endpoint.Name, endpoint.Traffic, Traffic.AllTo(name), endpoint.Mark),
                $"Nothing else serves, and {name} passed its smoke test."),
            { } verdict => Decision.Fail($"Deployment {name} failed its smoke test: {verdict.Sentence}."),
        };
}
