using System.Text.RegularExpressions;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Planning.Stages;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Notifications;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Notifications;

/// <summary>Which of a run's moments are states that people are told of. A pure function of what the planner sees and decides.</summary>
/// <param name="Actor">Who runs.</param>
/// <param name="Commands">Writes the commands that messages suggest.</param>
internal sealed partial record Notices(string Actor, Commands Commands)
{
    /// <summary>Characters of a reason that tell one state from another.</summary>
    private const int MostOfReason = 300;

    /// <summary>What there is to tell before a decision is carried out; null for nothing.</summary>
    /// <param name="stage">The stage that runs.</param>
    /// <param name="situation">The situation.</param>
    /// <param name="next">What is to be done next in it.</param>
    public Notice? Of(Stage stage, Situation situation, Decision next)
    {
        if (situation.Spec.Notifications.IsEmpty || !IsOfRollout(stage, situation))
        {
            return null;
        }

        var awaited = Planner.Awaited(stage, situation, next);
        return next switch
        {
            FinishDecision { Outcome: Outcome.Failed } failed =>
                Ended(stage, situation, NotifiedState.Failed, $"failed: {stage}: {Steady(failed.Why)}", failed),
            FinishDecision { Outcome: Outcome.Held } held when awaited is null =>
                Ended(stage, situation, NotifiedState.Held, $"held: {stage}{Share(situation)}: {Steady(held.Why)}", held),
            FinishDecision finish when IsRolledBack(stage, situation, finish) =>
                Ended(stage, situation, NotifiedState.RolledBack, "rolled back", finish),
            FinishDecision finish when IsCompleted(stage, situation, finish) =>
                Ended(stage, situation, NotifiedState.Completed, "completed", finish),
            _ => awaited is null ? null : Waiting(stage, situation, awaited, next as FinishDecision),
        };
    }

    /// <summary>What there is to tell when an error ends a stage; null for nothing.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="situation">The last look.</param>
    /// <param name="error">The error.</param>
    public Notice? OfError(Stage stage, Situation situation, Exception error)
    {
        if (situation.Spec.Notifications.IsEmpty || !IsOfRollout(stage, situation))
        {
            return null;
        }

        var what = error is WorkspaceCallException call ? $"{call.Call}: {call.Code}" : Steady(error.Message);
        return About(
            situation,
            NotifiedState.Failed,
            $"failed: {stage}: {what}",
            error.Message,
            new Guide(Commands, situation).AfterError());
    }

    /// <summary>Whether people are told of a stage's states: it brings a candidate live, or takes it back.</summary>
    public static bool AreTold(Stage stage) => Line.Rollout.Contains(stage) || stage == Stage.Rollback;

    /// <summary>Whether there is a rollout to tell of; a rollback may find none.</summary>
    private static bool IsOfRollout(Stage stage, Situation situation) =>
        AreTold(stage) && (stage != Stage.Rollback || situation.State.Endpoint?.Mark is not null);

    /// <summary>Old news is none: what an earlier run has ended with was that run's to tell.</summary>
    private static bool IsCompleted(Stage stage, Situation situation, FinishDecision finish) =>
        (stage, finish.Outcome) == (Stage.Promote, Outcome.Done)
        && situation.History.LastWritten is not null
        && !HasEnded(situation, ended => (ended.Stage, ended.Outcome) == (Stage.Promote, Outcome.Done));

    private static bool IsRolledBack(Stage stage, Situation situation, FinishDecision finish) =>
        (finish.Outcome == Outcome.RolledBack || (stage, finish.Outcome) == (Stage.Rollback, Outcome.Done))
        && MarkOf(situation) is { Status: RolloutStatus.RolledBack }
        && !HasEnded(situation, ended => ended.Outcome == Outcome.RolledBack || (ended.Stage, ended.Outcome) == (Stage.Rollback, Outcome.Done));

    /// <summary>Whether a stage of this rollout has ended so before.</summary>
    private static bool HasEnded(Situation situation, Func<StageFinished, bool> so) => situation.History.Events.OfType<StageFinished>().Any(so);

    /// <summary>The endpoint's mark when it speaks of this rollout; otherwise null.</summary>
    private static RolloutMark? MarkOf(Situation situation) =>
        situation.State.Endpoint?.Mark is { } mark && mark.RolloutId == situation.RolloutId ? mark : null;

    private static string Share(Situation situation) =>
        situation.CandidateMark is { IsOpen: true } mark ? $" at {Bake.Share(situation, mark)}" : "";

    /// <summary>A reason without its numbers, which change from look to look.</summary>
    private static string Steady(string why)
    {
        var steady = Number().Replace(why, "#");
        return steady.Length <= MostOfReason ? steady : steady[..MostOfReason];
    }

    private Notice Waiting(Stage stage, Situation situation, Awaited awaited, FinishDecision? finish)
    {
        var isHeld = awaited.Kind == AwaitedKind.Decision;
        return About(
            situation,
            isHeld ? NotifiedState.Held : NotifiedState.Waiting,
            $"{(isHeld ? "held" : "waiting")}: {awaited.What}",
            finish?.Why ?? awaited.Why,
            finish is null ? new Guide(Commands, situation).While(awaited) : new Guide(Commands, situation).After(stage, finish));
    }

    private Notice Ended(Stage stage, Situation situation, NotifiedState state, string occasion, FinishDecision finish) => About(
        situation, state, occasion, finish.Why, new Guide(Commands, situation).After(stage, finish));

    private Notice About(Situation situation, NotifiedState state, string occasion, string why, NextSteps next)
    {
        var mark = MarkOf(situation);
        var candidate = mark?.Candidate ?? situation.Candidate;
        return new()
        {
            State = state,
            Occasion = occasion,
            Rollout = situation.RolloutId,
            Workspace = situation.Spec.Workspace.Name,
            Endpoint = situation.Spec.Endpoint.Name,
            Model = situation.Spec.Model.Name,
            Stable = mark?.Stable ?? situation.Stable,
            Candidate = candidate,
            CandidateVersion = (candidate is null ? null : situation.State.Endpoint?.Deployment(candidate)?.ModelVersion)
                ?? situation.CandidateVersion?.Version,
            Traffic = situation.State.Endpoint?.Traffic ?? Traffic.None,
            Why = why,
            Gates = situation.History.Events.OfType<GatesJudged>().LastOrDefault()?.Reports ?? [],
            Actor = Actor,
            Run = Actors.RunOf(Actor),
            Time = situation.Now,
            Next = next,
        };
    }

    [GeneratedRegex(@"[0-9]+([.,:][0-9]+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
