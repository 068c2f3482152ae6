using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Benchmarks.Micro;

/// <summary>One plan amid a canary: an endpoint with many deployments, and a rollout that has been going on for long.</summary>
[MemoryDiagnoser]
public class PlannerBenchmarks
{
    private const int Deployments = 20;
    private const int Events = 10_000;
    private const string Stable = "default";
    private const string Candidate = "green-2";

    private Situation _situation = null!;

    /// <summary>What is loaded once: the state, and the journal with its fold.</summary>
    [GlobalSetup]
    public void Load()
    {
        var events = JournalMix.Of(Events);
        var now = events[^1].Time.AddSeconds(1);
        var traffic = Traffic.Of([KeyValuePair.Create(Stable, 90), KeyValuePair.Create(Candidate, 10)]);
        var candidate = new ModelFolder("/models/heart/v2", "digest-of-v2", 7, 12_345, []);
        var model = new ModelSpec("heart", candidate, Baseline: null);
        _situation = new Situation
        {
            Spec = new RolloutSpec
            {
                Workspace = new(Cloud.Local, "00000000-0000-0000-0000-000000000000", "group", "workspace"),
                Model = model,
                Endpoint = new() { Name = "heart", Tags = ImmutableSortedDictionary<string, string>.Empty },
                Blue = new() { Name = Stable, InstanceType = "Standard_DS3_v2" },
                Green = new() { Name = "green", InstanceType = "Standard_DS3_v2" },
                Strategy = new()
                {
                    Steps = [new(10, TimeSpan.FromHours(6)), new(50, TimeSpan.FromHours(6))],
                    FinalBake = TimeSpan.FromHours(1),
                    Gate = new(ProbesPerLook: 20, LookInterval: TimeSpan.FromMinutes(1), MinimumProbes: 20, MaximumErrorRate: 0.1),
                    OperationTimeout = TimeSpan.FromMinutes(30),
                },
                Probes = new("{}", "sample.json", ["{}"]),
            },
            State = new(
                [new("heart", "2", candidate.Digest), new("heart", "1", "digest-of-v1")],
                new EndpointState
                {
                    Name = "heart",
                    State = ProvisioningState.Succeeded,
                    ScoringUri = new Uri("https://heart.example/score"),
                    Traffic = traffic,
                    Tags = new RolloutMark("old", Stable, Candidate, RolloutStatus.Canary).WriteTo(ImmutableSortedDictionary<string, string>.Empty),
                    Deployments = [.. Enumerable.Range(0, Deployments).Select(index => Deployment(index, now))],
                }),
            History = new History([new TrafficSeen(events[0].Time, traffic.Percents), .. events]),
            Now = now,
            RolloutId = "old",
        };
        if (Plan() is FinishDecision finish)
        {
            throw new InvalidOperationException($"This is no plan amid a canary: {finish}");
        }
    }

    /// <summary>Asks for the next action.</summary>
    [Benchmark]
    public Decision Plan() => Planner.Next(Stage.Canary, _situation);

    private static DeploymentState Deployment(int index, DateTimeOffset now) => new()
    {
        Name = index switch
        {
            0 => Stable,
            1 => Candidate,
            _ => $"old-{index}",
        },
        State = ProvisioningState.Succeeded,
        ModelName = "heart",
        ModelVersion = index == 1 ? "2" : "1",
        CreatedAt = now.AddDays(-1 - index),
        Tags = ImmutableSortedDictionary<string, string>.Empty,
    };
}
