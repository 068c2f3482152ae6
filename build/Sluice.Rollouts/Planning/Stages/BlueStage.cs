using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>Something serves all traffic; where nothing ever did, the first deployment is made.</summary>
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

        if ((TakenOff(endpoint) ?? Preconditions.TrafficIsOurs(situation)) is { } foreign)
        {
            return foreign;
        }

        if (situation.FirstVersion is not { } version)
        {
            return Preconditions.NotRegistered(situation, situation.Spec.Model.Baseline ?? situation.Spec.Model.Candidate);
        }

        var name = situation.Spec.Blue.Name.ToLowerInvariant();
        return endpoint.Deployment(name) switch
        {
            null => Create(situation, name, version),
            { IsReady: false } broken => Preconditions.Replace(situation, broken),
            { } other when !Situation.Serves(other, version) => Decision.Hold(
                $"Nothing serves, and deployment {name} has {Preconditions.Mismatch(other, version)}; delete it, or say Rollback --to={name}."),
            _ => Serve(situation, endpoint, name),
        };
    }

    /// <summary>The decision where a rollout was before and its deployments have no traffic now; null where there was none.</summary>
    private static Decision? TakenOff(EndpointState endpoint) =>
        endpoint.Mark is { } mark
        && new[] { mark.Stable, mark.Candidate }.Where(name => endpoint.Deployment(name) is not null).ToArray() is { Length: > 0 } left
            ? Decision.Hold(
                $"Somebody took all traffic off {endpoint.Name}, where {string.Join(" and ", left)} served; say Rollback --to=<deployment> to give it back.")
            : null;

    private static Decision Create(Situation situation, string name, ModelVersion version)
    {
        var spec = situation.Spec.Blue;
        var why = situation.Spec.Model.Baseline is null
            ? $"Nothing serves yet, and there is no baseline: {version.Title} is the first one."
            : "Nothing serves yet.";
        return Decision.Act(
            new CreateDeployment(situation.Spec.Endpoint.Name, name, spec, version, RoleTags.OfDeployment(spec, Role.Baseline, version.Digest)),
            why);
    }

    private static Decision Serve(Situation situation, EndpointState endpoint, string name) =>
        situation.History.SmokeTestOf(name) switch
        {
            null => Decision.Act(new SmokeTest(endpoint.Name, name), $"Deployment {name} is up and has no traffic."),
            { Kind: VerdictKind.Pass } => Decision.Act(
                new SetTraffic(endpoint.Name, endpoint.Traffic, Traffic.AllTo(name), Mark: null),
                $"Nothing else serves, and {name} passed its smoke test."),
            { } verdict => Decision.Fail($"Deployment {name} failed its smoke test: {verdict.Sentence}."),
        };
}
