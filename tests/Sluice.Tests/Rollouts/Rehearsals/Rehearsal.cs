using System.Collections.Immutable;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Whole rollouts in memory: a spec, a workspace, deployments that answer, and a clock that never waits.</summary>
internal sealed class Rehearsal : IRolloutObserver
{
    /// <summary>The stages of a rollout, as one run has them.</summary>
    public static readonly ImmutableArray<Stage> Line =
        [Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary, Stage.Promote];

    /// <summary>How long an action takes in memory, where none has to wait for a service: what is foreseen is then what is done, to the tick.</summary>
    public static readonly Func<RolloutAction, RolloutSpec, TimeSpan> AtOnce = (_, _) => TimeSpan.Zero;

    private int _runs;

    public Rehearsal(RolloutSpec? spec = null)
    {
        Spec = spec ?? Specs.First;
        Time = new ManualTime();
        Workspace = new InMemoryWorkspace(Time);
        Scoring = new InMemoryScoring(Workspace, Time);
        Telemetry = new() { Sent = () => Scoring.Requests };
        Store = new InMemoryJournal(Workspace);
    }

    public RolloutSpec Spec { get; set; }

    public ManualTime Time { get; }

    public InMemoryWorkspace Workspace { get; }

    public InMemoryScoring Scoring { get; }

    public InMemoryTelemetry Telemetry { get; }

    public InMemoryWebhook Webhook { get; } = new();

    public EvidenceSources Sources => new(
        WayToModels(Scoring), Telemetry, Webhook, variable => Secrets.TryGetValue(variable, out var value) ? new Secret(value) : null);

    /// <summary>The environment variables that are set.</summary>
    public Dictionary<string, string> Secrets { get; } = new() { [InMemoryWebhook.TokenVariable] = "t0ken" };

    /// <summary>The journal that outlives processes; null for none.</summary>
    public InMemoryJournal? Store { get; set; }

    /// <summary>The events of all runs.</summary>
    public List<JournalEvent> Journal { get; } = [];

    /// <summary>What runs had to say beside their events.</summary>
    public List<string> Notes { get; } = [];

    public Traffic Traffic => Workspace.Endpoint.Traffic;

    public RolloutMark? Mark => Workspace.Endpoint.Mark;

    public IEnumerable<string> Deployments => Workspace.Endpoint.Deployments.Select(deployment => deployment.Name);

    /// <summary>What is there, without what differs from run to run: ids and times.</summary>
    public string Picture => Rehearsals.Picture.Of(Workspace.State);

    /// <summary>The latest look of a rollout at the workspace.</summary>
    public WorkspaceState? LastLook { get; private set; }

    /// <summary>The actions that rollouts applied, in order.</summary>
    public List<RolloutAction> Actions { get; } = [];

    /// <summary>The way that a run takes to the workspace: as it is, or through something that watches.</summary>
    public Func<IWorkspace, IWorkspace> Way { get; set; } = workspace => workspace;

    /// <summary>The way that a run's requests take to the deployments: as it is, or through something that watches.</summary>
    public Func<IScoringClient, IScoringClient> WayToModels { get; set; } = scoring => scoring;

    /// <summary>The way that a run takes to the journal: as it is, or through something that keeps silent.</summary>
    public Func<IJournalStore, IJournalStore> WayToJournal { get; set; } = store => store;

    /// <summary>Called with each look, after it.</summary>
    public Action<WorkspaceState> OnLook { get; set; } = _ => { };

    /// <summary>Called with each event, after it is kept.</summary>
    public Action<JournalEvent> OnRecorded { get; set; } = _ => { };

    /// <summary>Called with each action, before it.</summary>
    public Action<RolloutAction> OnAction { get; set; } = _ => { };

    /// <summary>Another process; the one before it is dead, if it has not ended, and its lease is over.</summary>
    /// <param name="ask">What is asked of it, beyond the stages of the line.</param>
    public Rollout NewRollout(Func<RunRequest, RunRequest>? ask = null)
    {
        Store?.Expire();
        return NewRolloutBeside(ask);
    }

    /// <summary>Another process, while those before it may go on.</summary>
    /// <param name="ask">What is asked of it, beyond the stages of the line.</param>
    public Rollout NewRolloutBeside(Func<RunRequest, RunRequest>? ask = null)
    {
        var request = new RunRequest
        {
            Stages = Line,
            NewRolloutId = $"rollout-{++_runs}",
            Actor = $"person {_runs}",
            Process = new("machine", _runs, Time.GetUtcNow()),
            Runs = _ => false,
            Takes = AtOnce,
        };
        return new(Spec, Way(Workspace), Sources, Store is null ? null : WayToJournal(Store), [this], Time, ask?.Invoke(request) ?? request);
    }

    /// <summary>Runs the stages in one process, up to the first that does not end as done.</summary>
    public Task<StageResult> RunAsync(params IReadOnlyCollection<Stage> stages) => RunAsync(request => request, stages);

    /// <summary>Runs the stages in one process that is asked for more.</summary>
    public async Task<StageResult> RunAsync(Func<RunRequest, RunRequest> ask, params IReadOnlyCollection<Stage> stages)
    {
        await using var rollout = NewRollout(request => ask(request with { Stages = [.. stages] }));
        return await RunAsync(rollout, stages, CancellationToken.None);
    }

    /// <summary>Runs Rollback in a process of its own.</summary>
    public Task<StageResult> RollBackAsync(string? to = null) => RunAsync(request => request with { RollbackTo = to }, Stage.Rollback);

    /// <summary>A rehearsal whose first rollout is over: version 2 serves as green-2, version 1 is warm as default.</summary>
    public static async Task<Rehearsal> AfterFirstRolloutAsync(RolloutSpec? spec = null)
    {
        var rehearsal = new Rehearsal(spec);
        var result = await rehearsal.RunAsync(Line);
        Assume.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        return rehearsal;
    }

    /// <summary>A rehearsal in the midst of the canary: the process died while that weight was baking.</summary>
    public static async Task<Rehearsal> AtStepAsync(int weight, RolloutSpec? spec = null)
    {
        var rehearsal = new Rehearsal(spec);
        using var death = new CancellationTokenSource();
        rehearsal.Time.OnWait = _ =>
        {
            if (rehearsal.Traffic["green-2"] == weight)
            {
                death.Cancel();
            }
        };
        try
        {
            await RunAsync(rehearsal.NewRollout(), Line, death.Token);
        }
        catch (OperationCanceledException)
        {
            // As it was asked to.
        }

        rehearsal.Time.OnWait = _ => { };
        Assume.That(rehearsal.Traffic["green-2"], Is.EqualTo(weight));
        return rehearsal;
    }

    /// <summary>Runs the line until the service has taken a shift of traffic, and dies before it is done.</summary>
    public void DieInShift()
    {
        using var death = new CancellationTokenSource();
        Workspace.OnCall = call =>
        {
            if (call is { Name: "set traffic", Moment: CallMoment.Accepted })
            {
                death.Cancel();
            }
        };
        Assert.That(async () => await RunAsync(NewRollout(), Line, death.Token), Throws.InstanceOf<OperationCanceledException>());
        Workspace.OnCall = _ => { };
    }

    /// <summary>What somebody else does, behind the rollout's back.</summary>
    public void SomebodySetsTraffic(params (string Deployment, int Percent)[] traffic) =>
        Workspace.Endpoint = Workspace.Endpoint with
        {
            Traffic = Traffic.Of(traffic.Select(entry => KeyValuePair.Create(entry.Deployment, entry.Percent))),
        };

    /// <summary>The next look, and it alone, shows another traffic than there is.</summary>
    public void IsSeenOnceWith(params (string Deployment, int Percent)[] traffic)
    {
        var fresh = Workspace.State;
        SomebodySetsTraffic(traffic);
        var looks = 0;
        Workspace.OnCall = call =>
        {
            if (call.Name == "observe" && ++looks == 2)
            {
                Workspace.State = fresh;
            }
        };
    }

    /// <summary>Somebody else makes a deployment, by hand and thus without a rollout's tags.</summary>
    public void SomebodyDeploys(string name, string version, ProvisioningState state = ProvisioningState.Succeeded) =>
        Workspace.Endpoint = Workspace.Endpoint with
        {
            Deployments = Workspace.Endpoint.Deployments.Insert(0, new()
            {
                Name = name,
                State = state,
                ModelName = Specs.Model,
                ModelVersion = version,
                CreatedAt = Time.GetUtcNow(),
            }),
        };

    /// <summary>Somebody else deletes a deployment, with what traffic it has.</summary>
    public void Delete(string deployment) =>
        Workspace.Endpoint = Workspace.Endpoint with { Deployments = [.. Workspace.Endpoint.Deployments.Where(each => each.Name != deployment)] };

    /// <summary>A deployment as it is, changed.</summary>
    public void Change(string deployment, Func<DeploymentState, DeploymentState> change) =>
        Workspace.Endpoint = Workspace.Endpoint with
        {
            Deployments = [.. Workspace.Endpoint.Deployments.Select(each => each.Name == deployment ? change(each) : each)],
        };

    public static async Task<StageResult> RunAsync(
        Rollout rollout,
        IReadOnlyCollection<Stage> stages,
        CancellationToken cancellationToken)
    {
        StageResult? result = null;
        var actions = 0;
        foreach (var stage in stages)
        {
            result = await rollout.RunAsync(stage, cancellationToken);
            actions += result.Actions;
            if (result.Outcome != Outcome.Done)
            {
                break;
            }
        }

        return result! with { Actions = actions };
    }

    void IRolloutObserver.Recorded(JournalEvent recorded)
    {
        Journal.Add(recorded);
        OnRecorded(recorded);
    }

    void IRolloutObserver.Noted(string sentence) => Notes.Add(sentence);

    void IRolloutObserver.Observed(WorkspaceState state)
    {
        OnLook(state);
        LastLook = state;
    }

    void IRolloutObserver.Applying(RolloutAction action, string why)
    {
        Actions.Add(action);
        OnAction(action);
    }
}
