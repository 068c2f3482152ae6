using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts.Planning;

/// <summary>Situations in a few words, for tables: what is there and what has happened, over the first rollout's spec.</summary>
internal static class Situations
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly ModelVersion Version1 = new(Specs.Model, "1", Specs.V1.Digest);
    public static readonly ModelVersion Version2 = new(Specs.Model, "2", Specs.V2.Digest);

    /// <summary>Both versions are registered; the endpoint is as given.</summary>
    public static Situation Of(EndpointState? endpoint) => new()
    {
        Spec = Specs.First,
        State = new([Version2, Version1], endpoint),
        History = History.Empty,
        Now = Noon,
        RolloutId = "new",
    };

    /// <summary>Nothing is registered and nothing is there.</summary>
    public static readonly Situation Empty = Of(null) with { State = new([], null) };

    /// <summary>The endpoint with deployments and their traffic; a weight below 0 stands for a deployment without any.</summary>
    public static Situation Serving(params (string Name, int Percent)[] deployments) => Of(new()
    {
        Name = Specs.Endpoint,
        State = ProvisioningState.Succeeded,
        ScoringUri = new Uri("https://heart-endpoint.example/score"),
        Traffic = Traffic.Of(deployments.Select(each => KeyValuePair.Create(each.Name, each.Percent))),
        Deployments = [.. deployments.Select(each => Deployment(each.Name))],
    });

    public static DeploymentState Deployment(string name) => new()
    {
        Name = name,
        State = ProvisioningState.Succeeded,
        ModelName = Specs.Model,
        ModelVersion = name == "default" ? "1" : name[^1..],
        CreatedAt = Noon.AddDays(name == "default" ? -9 : name[^1] - '9'),
        Tags = RoleTags.OfDeployment(Specs.First.Green, Role.Candidate, digest: null),
    };

    /// <summary>The canary of green-2 in place of default.</summary>
    public static Situation Marked(this Situation situation, RolloutStatus status) => situation.With(endpoint => endpoint with
    {
        Tags = new RolloutMark("old", "default", "green-2", status).WriteTo(endpoint.Tags),
    });

    public static Situation With(this Situation situation, Func<EndpointState, EndpointState> change) =>
        situation with { State = situation.State with { Endpoint = change(situation.State.Endpoint!) } };

    public static Situation With(this Situation situation, string deployment, Func<DeploymentState, DeploymentState> change) =>
        situation.With(endpoint => endpoint with
        {
            Deployments = [.. endpoint.Deployments.Select(each => each.Name == deployment ? change(each) : each)],
        });

    public static Situation In(this Situation situation, string deployment, ProvisioningState state) =>
        situation.With(deployment, each => each with { State = state });

    /// <summary>A deployment that says what became of it.</summary>
    public static Situation Tagged(this Situation situation, string deployment, string verdict) =>
        situation.With(deployment, each => each with { Tags = each.Tags.SetItem(RoleTags.Verdict, verdict) });

    /// <summary>Made by a release that kept no digest of what it made deployments from.</summary>
    public static Situation OfOlderRelease(this Situation situation, string deployment) =>
        situation.With(deployment, each => each with { Tags = each.Tags.Remove("sluice-settings") });

    /// <summary>Another specification of candidates than the one that they were made from.</summary>
    public static Situation Wanting(this Situation situation, Func<DeploymentSpec, DeploymentSpec> change) =>
        situation with { Spec = situation.Spec with { Green = change(situation.Spec.Green) } };

    /// <summary>Somebody's own deployment, without a rollout's tags.</summary>
    public static Situation Foreign(this Situation situation, string deployment) =>
        situation.With(deployment, each => each with { Tags = ImmutableSortedDictionary<string, string>.Empty });

    public static Situation Under(this Situation situation, PolicySpec policy) =>
        situation with { Spec = situation.Spec with { Policy = policy } };

    public static Situation After(this Situation situation, params JournalEvent[] events) =>
        situation with { History = new([.. situation.History.Events, .. events]) };

    /// <summary>The traffic is as it is since some minutes before noon.</summary>
    public static Situation Since(this Situation situation, int minutesAgo) =>
        situation.After(new TrafficSeen(Noon.AddMinutes(-minutesAgo), situation.State.Endpoint!.Traffic.Percents));

    public static Situation Smoked(this Situation situation, string deployment, VerdictKind kind = VerdictKind.Pass, int secondsAgo = 0) =>
        situation.After(new SmokeTested(Noon.AddSeconds(-secondsAgo), deployment, new(kind, $"the sample says {kind}")));

    /// <summary>The deployment has failed as many smoke tests as make it sick.</summary>
    public static Situation Sick(this Situation situation, string deployment) => Enumerable.Range(0, 5).Aggregate(
        situation, (before, test) => before.Smoked(deployment, VerdictKind.Fail, secondsAgo: (4 - test) * 15));

    public static Situation Probed(this Situation situation, int minutesAgo, int sent, int failed = 0) => situation.After(
        new ProbesAnswered(Noon.AddMinutes(-minutesAgo), "green-2", new(sent, failed, failed > 0 ? "HTTP 500" : null)));

    /// <summary>A decision in one line, as a table has it.</summary>
    public static string InWords(this Decision decision) => decision switch
    {
        ActDecision act => $"{act.Action}",
        WaitDecision wait => $"wait {(wait.Until - Noon).TotalSeconds:0} s",
        FinishDecision finish => $"{finish.Outcome}: {finish.Why}",
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };
}
