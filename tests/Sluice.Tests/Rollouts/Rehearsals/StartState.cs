using System.Collections.Immutable;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>
/// A state that a plan may begin with, drawn from a seed: what earlier runs, deaths of theirs and people left behind, with a spec that may
/// be another one than theirs. The same seed makes the same state again.
/// </summary>
internal sealed class StartState
{
    private static readonly ImmutableArray<Stage> Whole = [.. Rehearsal.Line, Stage.Cleanup];
    private static readonly ModelFolder V4 = new("/models/heart/v4", "digest-of-v4", 3, 4_321, ["age", "thal"]);

    private readonly Random _random;
    private readonly List<string> _story = [];

    private StartState(int seed)
    {
        _random = new Random(seed);
        Rehearsal = new Rehearsal(AnySpec(Specs.V2));
    }

    /// <summary>What is there, and the spec of the run that comes.</summary>
    public Rehearsal Rehearsal { get; }

    /// <summary>What is asked of the run that comes, beyond its stages.</summary>
    public Func<RunRequest, RunRequest> Ask { get; private set; } = request => request;

    /// <summary>How it came about.</summary>
    public string Story => string.Join("; ", _story);

    /// <summary>The state of a seed.</summary>
    public static async Task<StartState> OfAsync(int seed)
    {
        var start = new StartState(seed);
        await start.MakeAsync();
        return start;
    }

    private async Task MakeAsync()
    {
        for (var runs = _random.Next(4); runs > 0; runs--)
        {
            await RunAsync();
        }

        if (Rehearsal.Workspace.State.Endpoint is { Deployments.IsEmpty: false } endpoint && _random.Next(4) == 0)
        {
            Disturb(endpoint);
        }

        if (_random.Next(3) == 0)
        {
            Pass(TimeSpan.FromMinutes(_random.Next(1, 10_000)));
        }

        // The same candidate again, or another one; the same steps, or others.
        var spec = Rehearsal.Spec;
        Rehearsal.Spec = _random.Next(4) switch
        {
            0 => spec,
            1 => AnySpec(Specs.V2),
            2 => AnySpec(Any(Specs.V1, Specs.V3, V4)),
            _ => spec with { Strategy = AnySpec(Specs.V2).Strategy },
        };
        if (Rehearsal.Workspace.State.Models.Length > 0 && _random.Next(5) == 0)
        {
            var version = Any([.. Rehearsal.Workspace.State.Models]).Version;
            Rehearsal.Spec = Rehearsal.Spec with
            {
                Model = Rehearsal.Spec.Model with { Candidate = new WorkspaceModel(Specs.Model, Any(null, version)) },
            };
        }

        var (retry, adopt) = (_random.Next(3) == 0, _random.Next(3) == 0);
        _story.Add($"then {Words(Rehearsal.Spec)}{(retry ? ", retry" : "")}{(adopt ? ", adopt" : "")}");
        Ask = request => request with { Retry = retry, Adopt = adopt };
    }

    /// <summary>A run of some stages, which may die anywhere, whose candidate may fail, and after which a person may go back.</summary>
    private async Task RunAsync()
    {
        var stages = Whole.Take(_random.Next(2, Whole.Length + 1)).ToArray();
        var fails = _random.Next(5) == 0;
        var died = _random.Next(3) == 0;
        var (point, left) = (0, _random.Next(5, 160));
        using var death = new CancellationTokenSource();
        Rehearsal.Workspace.OnCall = _ =>
        {
            if (died && ++point == left)
            {
                death.Cancel();
            }
        };
        Rehearsal.Scoring.Answers = (deployment, number) => !fails || deployment == "default" || number < left;
        var rollout = Rehearsal.NewRollout();
        try
        {
            var result = await Rehearsal.RunAsync(rollout, stages, death.Token);
            await rollout.DisposeAsync();
            _story.Add($"{Words(Rehearsal.Spec)} ran through {stages[^1]}: {result.Outcome}");
        }
        catch (OperationCanceledException)
        {
            _story.Add($"{Words(Rehearsal.Spec)} died at {Rehearsal.Workspace.State.Endpoint?.Traffic}");
        }

        Rehearsal.Workspace.OnCall = _ => { };
        Rehearsal.Scoring.Answers = (_, _) => true;
        if (_random.Next(5) == 0 && Rehearsal.Workspace.State.Endpoint is not null)
        {
            _story.Add($"rolled back: {(await Rehearsal.RollBackAsync()).Outcome}");
        }

        Pass(TimeSpan.FromMinutes(_random.Next(60)));
        if (_random.Next(2) == 0)
        {
            Rehearsal.Spec = AnySpec(Any(Specs.V2, Specs.V3, V4));
        }
    }

    private void Disturb(EndpointState endpoint)
    {
        var one = Any([.. endpoint.Deployments]).Name;
        switch (_random.Next(4))
        {
            case 0:
                Rehearsal.SomebodySetsTraffic((one, 100));
                _story.Add($"somebody gave {one} all traffic");
                break;
            case 1:
                Rehearsal.Change(one, deployment => deployment with { State = ProvisioningState.Failed });
                _story.Add($"{one} broke");
                break;
            case 2:
                Rehearsal.SomebodyDeploys("by-hand", "1");
                _story.Add("somebody deployed by-hand");
                break;
            default:
                // Azure refuses to delete an endpoint that is busy with what a run that died was writing.
                Rehearsal.Workspace.Settle();
                Rehearsal.Workspace.State = Rehearsal.Workspace.State with { Endpoint = null };
                _story.Add("somebody deleted the endpoint");
                break;
        }
    }

    private RolloutSpec AnySpec(ModelSource candidate)
    {
        int[] weights = [.. new[] { 5, 10, 33, 50, 90 }.Where(_ => _random.Next(2) == 0)];
        var mirrors = _random.Next(4) == 0;
        ImmutableArray<GateRule> gates = _random.Next(3) == 0
            ?
            [
                new ErrorsRule("errors") { Source = EvidenceSource.Replay, MinimumRequests = 2 },
                new AgreementRule("agreement") { AtLeast = 0.5, MinimumPairs = 2 },
                new WebhookRule("judge", new Uri("https://judge.example/")),
            ]
            : [];
        var spec = Specs.Brief with
        {
            Model = new(Specs.Model, candidate, _random.Next(4) == 0 ? null : Specs.V1),
            Green = Specs.Brief.Green with { InstanceCount = _random.Next(1, 4) },
        };
        return spec.With(strategy => strategy with
        {
            Steps =
            [
                .. mirrors ? [new Step(0, TimeSpan.FromMinutes(_random.Next(3))) { Mirror = Any(10, 20, 50) }] : Array.Empty<Step>(),
                .. weights.Select(weight => new Step(weight, TimeSpan.FromMinutes(_random.Next(4)))),
            ],
            FinalBake = TimeSpan.FromMinutes(_random.Next(3)),
            Gates = gates,
            Retain = _random.Next(3),
        });
    }

    private static string Words(RolloutSpec spec) => $"{spec.Model.Candidate.Title} after {spec.Model.Baseline?.Title ?? "nothing"} in steps "
        + $"[{string.Join(", ", spec.Strategy.Steps.Select(step => step.Title))}], {spec.Strategy.Gates.Length} gates, retain {spec.Strategy.Retain}";

    private void Pass(TimeSpan time)
    {
        Rehearsal.Time.Advance(time);
        _story.Add($"{time.TotalMinutes} min passed");
    }

    private T Any<T>(params IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
