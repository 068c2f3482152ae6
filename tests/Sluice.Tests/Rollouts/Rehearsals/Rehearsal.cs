using System.Collections.Immutable;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
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

    private int _runs;

    public Rehearsal(RolloutSpec? spec = null)
    {
        Spec = spec ?? Specs.First;
        Time = new ManualTime();
        Workspace = new InMemoryWorkspace(Time);
        Scoring = new InMemoryScoring(Workspace, Time);
    }

    public RolloutSpec Spec { get; set; }

    public ManualTime Time { get; }

    public InMemoryWorkspace Workspace { get; }

    public InMemoryScoring Scoring { get; }

    /// <summary>The events of all runs.</summary>
    public List<JournalEvent> Journal { get; } = [];

    public Traffic Traffic => Workspace.Endpoint.Traffic;

    /// <summary>Another process: a rollout that knows nothing of those before it.</summary>
    public Rollout NewRollout(string? rollbackTo = null) =>
        new(Spec, Workspace, Scoring, [this], Time, $"rollout-{++_runs}") { RollbackTo = rollbackTo };

    /// <summary>Runs the stages in one process, up to the first that does not end as done.</summary>
    public Task<StageResult> RunAsync(params IReadOnlyCollection<Stage> stages) => RunAsync(NewRollout(), stages, CancellationToken.None);

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

    void IRolloutObserver.Recorded(JournalEvent recorded) => Journal.Add(recorded);
}
