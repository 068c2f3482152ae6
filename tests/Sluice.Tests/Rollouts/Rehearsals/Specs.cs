using System.Collections.Immutable;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>What rehearsals want: a heart model, version 1 replaced by version 2, then 3.</summary>
internal static class Specs
{
    public const string Model = "heart";
    public const string Endpoint = "heart-endpoint";

    public static readonly ModelFolder V1 = Folder("v1");
    public static readonly ModelFolder V2 = Folder("v2");
    public static readonly ModelFolder V3 = Folder("v3");

    /// <summary>Version 2 is to go live; version 1 is the baseline.</summary>
    public static readonly RolloutSpec First = new()
    {
        Workspace = new(Cloud.Local, "00000000-0000-0000-0000-000000000000", "group", "workspace"),
        Model = new(Model, V2, V1),
        Endpoint = new()
        {
            Name = Endpoint,
            Tags = ImmutableSortedDictionary<string, string>.Empty.Add("team", "cardiology"),
        },
        Blue = new() { Name = "default", InstanceType = "Standard_DS3_v2" },
        Green = new() { Name = "green", InstanceType = "Standard_DS3_v2", InstanceCount = 2 },
        Strategy = new()
        {
            Steps = [new(10, TimeSpan.FromMinutes(5)), new(50, TimeSpan.FromMinutes(5))],
            FinalBake = TimeSpan.FromMinutes(10),
            Gate = new(ProbesPerLook: 10, LookInterval: TimeSpan.FromMinutes(1), MinimumProbes: 20, MaximumErrorRate: 0.1),
            OperationTimeout = TimeSpan.FromMinutes(30),
        },
        Probes = new("""{"input_data":{}}""", "sample.json", ["""{"row":0}""", """{"row":1}""", """{"row":2}"""]),
    };

    /// <summary>The same with few looks, for tests that try every point of a rollout.</summary>
    public static readonly RolloutSpec Brief = First.With(strategy => strategy with
    {
        Steps = [new(10, TimeSpan.FromMinutes(1)), new(50, TimeSpan.FromMinutes(1))],
        FinalBake = TimeSpan.FromMinutes(1),
        Gate = new(ProbesPerLook: 2, LookInterval: TimeSpan.FromMinutes(1), MinimumProbes: 4, MaximumErrorRate: 0),
    });

    /// <summary>The brief one, with a step of mirrored traffic and with gates that need little.</summary>
    public static readonly RolloutSpec Gated = Brief.With(strategy => strategy with
    {
        Steps = [new(0, TimeSpan.FromMinutes(1)) { Mirror = 20 }, .. strategy.Steps],
        Gates =
        [
            new ErrorsRule("errors") { Source = EvidenceSource.Replay, MinimumRequests = 2 },
            new AgreementRule("agreement") { AtLeast = 0.5, MinimumPairs = 2 },
            new WebhookRule("judge", new Uri("https://judge.example/")),
        ],
    });

    /// <summary>Version 2 is the first version ever.</summary>
    public static readonly RolloutSpec FirstEver = Of(V2, baseline: null);

    /// <summary>Version 3 is to go live.</summary>
    public static readonly RolloutSpec Second = Of(V3, V1);

    public static RolloutSpec Of(ModelFolder candidate, ModelFolder? baseline) =>
        First with { Model = new(Model, candidate, baseline) };

    public static RolloutSpec With(this RolloutSpec spec, Func<StrategySpec, StrategySpec> change) =>
        spec with { Strategy = change(spec.Strategy) };

    private static ModelFolder Folder(string version) =>
        new($"/models/heart/{version}", $"digest-of-{version}", 7, 12_345, ["age", "thal"]);
}
