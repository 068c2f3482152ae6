using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>What a person or a pipeline asks of one run, and who they are.</summary>
public sealed record RunRequest
{
    /// <summary>The stages that the run is for, in their order; at least one.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>How long an action usually takes on the workspace, for what is foreseen.</summary>
    public Func<RolloutAction, RolloutSpec, TimeSpan> Takes { get; init; } = ExpectedDuration.Of;

    /// <summary>The id of the rollout, if this run starts one; one that is under way keeps its own.</summary>
    public required string NewRolloutId { get; init; }

    /// <summary>Who asks: the URL of the pipeline's run and who started that, or a person and a machine.</summary>
    public required string Actor { get; init; }

    /// <summary>Writes the commands that messages suggest.</summary>
    public Commands Commands { get; init; } = new(target => $"./build.sh --target={target}", "./build.sh --target=Promote");

    /// <summary>
    /// Says what a person may do after a rehearsal, given how its last stage ended, or null where an error or a signal ended it; the commands for
    /// what it speaks to are those for the real endpoint. Null for a run that is no rehearsal.
    /// </summary>
    public Func<Outcome?, NextSteps>? AfterRehearsal { get; init; }

    /// <summary>The process that runs.</summary>
    public required RunningProcess Process { get; init; }

    /// <summary>The commit that the run was made from, in hex; null where nobody knows it.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether a process still runs; null when that can't be told from here.</summary>
    public Func<RunningProcess, bool?> Runs { get; init; } = _ => null;

    /// <summary>The deployment, or the version, that Rollback goes to; null for the stable one.</summary>
    public string? RollbackTo { get; init; }

    /// <summary>Whether a candidate that was rejected is rolled out again.</summary>
    public bool Retry { get; init; }

    /// <summary>Whether what somebody else changed is accepted.</summary>
    public bool Adopt { get; init; }

    /// <summary>What a person approves; null for what the rollout needs next.</summary>
    public ApprovalScope? Approves { get; init; }

    /// <summary>Whether the run waits as long as another one holds the endpoint.</summary>
    public bool WaitForLock { get; init; }

    /// <summary>Whether the lock is taken from whoever holds it.</summary>
    public bool ForceUnlock { get; init; }

    /// <summary>Whether it does nothing but roll back, and so overrides whatever else goes on.</summary>
    internal bool IsRollback => Stages is [Stage.Rollback];

    /// <summary>Whether it does nothing but approve.</summary>
    internal bool IsApproval => Stages is [Stage.Approve];

    /// <summary>
    /// The id of the rollout that this run is part of, if it begins now. Whoever rolls back means the newest one that was begun, whatever their
    /// configuration would bring live, unless they say where to.
    /// </summary>
    internal string RolloutOf(RolloutSpec spec, WorkspaceState state, JournalReading journal, DateTimeOffset now)
    {
        var waiting = IsRollback && RollbackTo is null
            ? journal.BegunSince(state.Endpoint?.Mark).FirstOrDefault(rollout =>
                SituationOf(spec, state, new History(journal.Of(rollout)), now, rollout).Waits)
            : null;
        var latest = journal.LatestRolloutOf(spec.Model.CandidateContent);
        return waiting ?? SituationOf(spec, state, new History(journal.OfLatest(spec.Model.CandidateContent)), now, rolloutId: "")
            .RolloutOfRun(IsRollback, latest, NewRolloutId);
    }

    /// <summary>What the planner is shown in this run.</summary>
    internal Situation SituationOf(RolloutSpec spec, WorkspaceState state, History history, DateTimeOffset now, string rolloutId) => new()
    {
        Spec = spec,
        State = state,
        History = history,
        Now = now,
        Takes = Takes,
        Stages = Stages,
        RolloutId = rolloutId,
        RollbackTo = RollbackTo,
        Retry = Retry,
        Adopt = Adopt,
        Approves = Approves,
    };
}
