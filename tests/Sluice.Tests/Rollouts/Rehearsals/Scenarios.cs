using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Random scenarios, strange ones included: splits without a mark, sums that are not 100, broken and busy deployments.</summary>
internal static class Scenarios
{
    private static readonly string[] Names = ["default", "green-1", "green-2", "green-3", "by-hand"];

    /// <summary>Everything may go wrong.</summary>
    public static Arbitrary<Scenario> All { get; } = Arb.From(Any(Disturbed(), Failing()), Shrink);

    /// <summary>Requests may fail, but nobody else writes.</summary>
    public static Arbitrary<Scenario> WithoutDisturbances { get; } =
        Arb.From(Any(Gen.Constant(ImmutableArray<Disturbance>.Empty), Failing()), Shrink);

    /// <summary>Every call succeeds, every request is answered and nobody else writes.</summary>
    public static Arbitrary<Scenario> Undisturbed { get; } =
        Arb.From(Any(Gen.Constant(ImmutableArray<Disturbance>.Empty), Gen.Constant(ImmutableArray<Outage>.Empty)), Shrink);

    private static Gen<Scenario> Any(Gen<ImmutableArray<Disturbance>> disturbances, Gen<ImmutableArray<Outage>> outages) =>
        from spec in Spec()
        from initial in Gen.Frequency((1, Workspace()), (1, Begun(spec)))
        from stages in Stages()
        from disturbed in disturbances
        from failing in outages
        from death in Gen.Choose(0, 999)
        select new Scenario(spec, initial, stages, disturbed, failing, death);

    private static IEnumerable<Scenario> Shrink(Scenario scenario)
    {
        foreach (var disturbance in scenario.Disturbances)
        {
            yield return scenario with { Disturbances = scenario.Disturbances.Remove(disturbance) };
        }

        foreach (var outage in scenario.Outages)
        {
            yield return scenario with { Outages = scenario.Outages.Remove(outage) };
        }

        foreach (var index in Enumerable.Range(0, scenario.Stages.Length > 1 ? scenario.Stages.Length : 0))
        {
            yield return scenario with { Stages = scenario.Stages.RemoveAt(index) };
        }

        if (scenario.Initial.Endpoint is { } endpoint)
        {
            foreach (var deployment in endpoint.Deployments
                .Where(each => endpoint.Traffic[each.Name] == 0 && endpoint.MirrorTraffic[each.Name] == 0))
            {
                yield return scenario with
                {
                    Initial = scenario.Initial with { Endpoint = endpoint with { Deployments = endpoint.Deployments.Remove(deployment) } },
                };
            }
        }
    }

    private static Gen<RolloutSpec> Spec() =>
        from weights in Gen.SubListOf(5, 10, 33, 50, 99).Where(weights => weights.Count > 0)
        from bake in Gen.Choose(0, 3)
        from finalBake in Gen.Choose(0, 3)
        from probes in Gen.Choose(1, 4)
        from minimum in Gen.Choose(1, 6)
        from rate in Gen.Elements(0, 0.25, 0.5)
        from interval in Gen.Elements(20, 60, 150)
        from retain in Gen.Choose(0, 2)
        from candidate in Gen.Elements(Specs.V1, Specs.V2, Specs.V2, Specs.V3)
        from baseline in Gen.Elements(null, Specs.V1, Specs.V2)
        select (Specs.First with { Model = new(Specs.Model, candidate, baseline) }).With(strategy => strategy with
        {
            Steps = [.. weights.Order().Select(weight => new Step(weight, TimeSpan.FromMinutes(bake)))],
            FinalBake = TimeSpan.FromMinutes(finalBake),
            Gate = new(probes, TimeSpan.FromSeconds(interval), minimum, rate),
            Retain = retain,
        });

    private static Gen<WorkspaceState> Workspace() =>
        from newest in Gen.Choose(0, 3)
        from models in Gen.Constant(Enumerable.Range(1, newest).Reverse().Select(Version))
        from endpoint in Gen.Frequency<EndpointState?>(
            (1, Gen.Constant<EndpointState?>(null)),
            (6, Endpoint().Select(endpoint => (EndpointState?)endpoint)))
        select new WorkspaceState([.. models], endpoint);

    /// <summary>What a rollout of the spec, or somebody, left behind at some point of it.</summary>
    private static Gen<WorkspaceState> Begun(RolloutSpec spec) =>
        from status in Gen.Frequency<RolloutStatus?>(
            (1, Gen.Constant<RolloutStatus?>(null)),
            (4, Gen.Elements(Enum.GetValues<RolloutStatus>()).Select(status => (RolloutStatus?)status)))
        from step in Gen.Elements(spec.Strategy.Steps.AsEnumerable())
        from candidateIsUp in Gen.Elements(true, true, false)
        from stableIsOurs in Gen.Elements(true, false)
        from older in Gen.Elements(true, false)
        let version = spec.Model.Candidate.Title[^1..]
        let stable = Deployed("default", version == "1" ? "2" : "1", day: 2, stableIsOurs)
        let candidate = Deployed($"green-{version}", version, day: 3, isOurs: true)
        let mark = status is null ? null : new RolloutMark("rollout-0", stable.Name, candidate.Name, status.Value)
        let own = Specs.First.Endpoint.Tags
        select new WorkspaceState(
            [Version(3), Version(2), Version(1)],
            new()
            {
                Name = Specs.Endpoint,
                State = ProvisioningState.Succeeded,
                ScoringUri = new Uri("https://heart-endpoint.example/score"),
                Traffic = status switch
                {
                    RolloutStatus.Canary => Traffic.Split(stable.Name, candidate.Name, step.Weight),
                    RolloutStatus.Passed => Traffic.Split(stable.Name, candidate.Name, spec.Strategy.Steps[^1].Weight),
                    RolloutStatus.FinalBake or RolloutStatus.Completed => Traffic.AllTo(candidate.Name),
                    _ => Traffic.AllTo(stable.Name),
                },
                Deployments =
                [
                    .. status is not null || candidateIsUp ? new[] { candidate } : [],
                    stable,
                    .. older ? new[] { Deployed("green-0", "0", day: 1, isOurs: true) } : [],
                ],
                Tags = mark?.WriteTo(own) ?? own,
            });

    private static DeploymentState Deployed(string name, string version, int day, bool isOurs) => new()
    {
        Name = name,
        State = ProvisioningState.Succeeded,
        ModelName = Specs.Model,
        ModelVersion = version,
        CreatedAt = new DateTimeOffset(2025, 6, day, 0, 0, 0, TimeSpan.Zero),
        Tags = Tags(isOurs ? Specs.First.Green : null),
    };

    private static ModelVersion Version(int number) => new(Specs.Model, $"{number}", $"digest-of-v{number}");

    private static Gen<EndpointState> Endpoint() =>
        from state in Gen.Frequency(
            (12, Gen.Constant(ProvisioningState.Succeeded)),
            (1, Gen.Constant(ProvisioningState.Failed)),
            (1, Gen.Elements(ProvisioningState.Updating, ProvisioningState.Creating, ProvisioningState.Deleting, ProvisioningState.Unknown)))
        from isNew in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from auth in Gen.Frequency((29, Gen.Constant(AuthMode.Key)), (1, Gen.Constant(AuthMode.AmlToken)))
        from names in Gen.SubListOf(Names)
        from deployments in Gen.CollectToList(names.Index(), entry => Deployment(entry.Item, entry.Index))
        from traffic in names.Count == 0 ? Gen.Constant(Traffic.None) : TrafficOf([.. names])
        from mirror in Gen.Frequency((9, Gen.Constant(Traffic.None)), (1, TrafficOf(Names)))
        from mark in Gen.OrNull(Mark())
        let empty = isNew && state != ProvisioningState.Succeeded
        let own = Specs.First.Endpoint.Tags
        select new EndpointState
        {
            Name = Specs.Endpoint,
            State = state,
            ScoringUri = empty ? null : new Uri("https://heart-endpoint.example/score"),
            AuthMode = auth,
            Deployments = empty ? [] : [.. deployments.OrderByDescending(each => each.CreatedAt)],
            Traffic = empty ? Traffic.None : traffic,
            MirrorTraffic = empty ? Traffic.None : Only(mirror, names),
            Tags = mark?.WriteTo(own) ?? own,
        };

    private static Gen<DeploymentState> Deployment(string name, int index) =>
        from state in Gen.Frequency(
            (8, Gen.Constant(ProvisioningState.Succeeded)),
            (2, Gen.Elements(ProvisioningState.Failed, ProvisioningState.Canceled)),
            (1, Gen.Elements(ProvisioningState.Updating, ProvisioningState.Creating, ProvisioningState.Scaling, ProvisioningState.Deleting)))
        from version in Gen.Frequency<string?>(
            (6, Gen.Constant<string?>(name == "default" ? "1" : name[^1..])),
            (2, Gen.Elements<string?>("1", "2", "3")),
            (1, Gen.Constant<string?>(null)))
        from madeFrom in Gen.Elements(Specs.First.Green, Specs.First.Green with { ModelMountPath = "/model" }, null)
        from age in Gen.Choose(0, 50)
        select new DeploymentState
        {
            Name = name,
            State = state,
            ModelName = version is null ? null : Specs.Model,
            ModelVersion = version,
            CreatedAt = new DateTimeOffset(2025, 1, 1 + index, 0, 0, 0, TimeSpan.Zero).AddDays(-age),
            Tags = Tags(madeFrom),
        };

    /// <summary>A rollout's tags; a person's for a deployment that no rollout made.</summary>
    private static ImmutableSortedDictionary<string, string> Tags(DeploymentSpec? madeFrom) => madeFrom is not null
        ? RoleTags.OfDeployment(madeFrom, Role.Candidate, digest: null)
        : ImmutableSortedDictionary<string, string>.Empty.Add("owner", "somebody");

    private static Gen<Traffic> TrafficOf(IReadOnlyList<string> names) => Gen.Frequency(
        (1, Gen.Constant(Traffic.None)),
        (4, Gen.Elements(names.ToArray()).Select(Traffic.AllTo)),
        (4, from pair in Gen.Two(Gen.Elements(names.ToArray()))
            from weight in Gen.Elements(5, 10, 33, 50, 99)
            select pair.Item1 == pair.Item2 ? Traffic.AllTo(pair.Item1) : Traffic.Split(pair.Item1, pair.Item2, weight)),
        (1, from name in Gen.Elements(names.ToArray())
            from weight in Gen.Choose(1, 99)
            select Traffic.Of([new(name, weight)])));

    private static Traffic Only(Traffic traffic, params IEnumerable<string> names) =>
        Traffic.Of(traffic.Percents.Where(entry => names.Contains(entry.Key)));

    private static Gen<RolloutMark> Mark() =>
        from names in Gen.Two(Gen.Elements([.. Names, "gone"]))
        from status in Gen.Elements(Enum.GetValues<RolloutStatus>())
        where names.Item1 != names.Item2
        select new RolloutMark("rollout-0", names.Item1, names.Item2, status);

    private static Gen<ImmutableArray<Stage>> Stages() => Gen.Frequency<ImmutableArray<Stage>>(
        (3, Gen.Constant(Rehearsal.Line.Add(Stage.Cleanup))),
        (2, Gen.SubListOf(Rehearsal.Line.Add(Stage.Cleanup).AsEnumerable())
            .Where(stages => stages.Count > 0)
            .Select(stages => stages.Order().ToImmutableArray())),
        (1, Gen.Elements(Enum.GetValues<Stage>()).Where(IsTheSameForAll).Select(stage => ImmutableArray.Create(stage))));

    /// <summary>Each run is another person's, and what an approval does depends on whose it is.</summary>
    private static bool IsTheSameForAll(Stage stage) => stage != Stage.Approve;

    private static Gen<ImmutableArray<Outage>> Failing() =>
        from outages in Gen.ListOf(
            from name in Gen.Elements(Names)
            from start in Gen.Choose(0, 20)
            from count in Gen.Elements(1, 1, 2, 5, 1000)
            select new Outage(name, start, count))
        select outages.Take(3).ToImmutableArray();

    private static Gen<ImmutableArray<Disturbance>> Disturbed() =>
        from disturbances in Gen.ListOf(
            from call in Gen.Choose(0, 120)
            from what in Gen.OneOf(
                TrafficOf(Names).Select(traffic => (
                    What: $"set traffic to [{traffic}]",
                    Change: (Func<EndpointState, EndpointState>)(endpoint => endpoint with
                    {
                        Traffic = Only(traffic, endpoint.Deployments.Select(each => each.Name)),
                    }))),
                from name in Gen.Elements(Names)
                from state in Gen.Elements(ProvisioningState.Failed, ProvisioningState.Updating, ProvisioningState.Succeeded)
                select (
                    What: $"{name} becomes {state}",
                    Change: (Func<EndpointState, EndpointState>)(endpoint => endpoint with
                    {
                        Deployments = [.. endpoint.Deployments.Select(each => each.Name == name ? each with { State = state } : each)],
                    })),
                Gen.Elements(Names).Select(name => (
                    What: $"delete {name} and its traffic",
                    Change: (Func<EndpointState, EndpointState>)(endpoint => endpoint with
                    {
                        Traffic = Traffic.Of(endpoint.Traffic.Percents.Where(entry => entry.Key != name)),
                        MirrorTraffic = Traffic.Of(endpoint.MirrorTraffic.Percents.Where(entry => entry.Key != name)),
                        Deployments = endpoint.Deployments.RemoveAll(each => each.Name == name),
                    }))),
                Mark().Select(mark => (
                    What: $"mark {mark}",
                    Change: (Func<EndpointState, EndpointState>)(endpoint => endpoint with { Tags = mark.WriteTo(endpoint.Tags) }))),
                Gen.Constant((
                    What: "begin an update",
                    Change: (Func<EndpointState, EndpointState>)(endpoint => endpoint with { State = ProvisioningState.Updating }))))
            select new Disturbance(call, what.What, what.Change))
        select disturbances.Take(4).ToImmutableArray();
}
