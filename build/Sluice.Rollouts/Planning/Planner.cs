using Sluice.Rollouts.Planning.Policies;
using Sluice.Rollouts.Planning.Stages;

namespace Sluice.Rollouts.Planning;

/// <summary>
/// The one place that decides. A pure function: the same situation gives the same decision, so there is no resume code —
/// after a crash, look and ask again.
/// </summary>
public static class Planner
{
    /// <summary>What to do next for a stage. Asked again after each action, it ends in a <see cref="FinishDecision"/>.</summary>
    public static Decision Next(Stage stage, Situation situation)
    {
        var wanted = Wanted(stage, situation);
        return Policy.ObstacleTo(wanted, situation) switch
        {
            null => wanted,
            { Until: { } opening } closed when situation.Spec.Policy.WaitsForWindow => Bake.Watch(situation, opening, closed.Sentence),
            { } obstacle => Decision.Hold(obstacle.Sentence, obstacle.Awaited),
        };
    }

    /// <summary>The first of stages that is not done, and what is to be done in it; the last one when all are.</summary>
    /// <param name="stages">The stages, in their order; at least one.</param>
    /// <param name="situation">The situation.</param>
    public static (Stage Stage, Decision Decision) FirstUndone(IReadOnlyList<Stage> stages, Situation situation)
    {
        ArgumentNullException.ThrowIfNull(stages);
        foreach (var stage in stages.SkipLast(1))
        {
            if (Next(stage, situation) is not FinishDecision { Outcome: Outcome.Done } and var decision)
            {
                return (stage, decision);
            }
        }

        return (stages[^1], Next(stages[^1], situation));
    }

    /// <summary>
    /// What a stage waits for besides time and evidence, whether it goes on meanwhile or has ended as held; null for nothing, and where a
    /// held stage's reason alone says it.
    /// </summary>
    /// <param name="stage">The stage.</param>
    /// <param name="situation">The situation.</param>
    /// <param name="next">What is to be done next in it.</param>
    public static Awaited? Awaited(Stage stage, Situation situation, Decision next) => next switch
    {
        FinishDecision finish => finish.Awaited,
        _ when situation.Spec.Policy.WaitsForWindow && Policy.ObstacleTo(Wanted(stage, situation), situation) is { Until: not null } closed =>
            closed.Awaited,
        _ => stage is Stage.Canary or Stage.Promote ? Bake.AwaitedApproval(situation) : null,
    };

    /// <summary>When changes open that the stage waits for; null while it waits for no such thing.</summary>
    public static DateTimeOffset? AwaitedOpening(Stage stage, Situation situation) =>
        situation.Spec.Policy.WaitsForWindow ? Policy.ObstacleTo(Wanted(stage, situation), situation)?.Until : null;

    /// <summary>The candidate's weight that is held under the present traffic; null when no rollout of it is under way.</summary>
    public static HeldWeight? HeldNow(Situation situation) => CanaryStage.HeldNow(situation);

    /// <summary>
    /// The sentence on a candidate whose deployment differs from what is wanted and is not made anew for it; null where there is no difference, or
    /// what is to be done next says it.
    /// </summary>
    public static string? KeptDifference(Situation situation) => GreenStage.KeptDifference(situation);

    /// <summary>What the stage wants, whatever the policy says to it.</summary>
    private static Decision Wanted(Stage stage, Situation situation) => stage switch
    {
        Stage.Register => RegisterStage.Next(situation),
        Stage.Endpoint => EndpointStage.Next(situation),
        Stage.Blue => BlueStage.Next(situation),
        Stage.Green => GreenStage.Next(situation),
        Stage.Canary => CanaryStage.Next(situation),
        Stage.Promote => PromoteStage.Next(situation),
        Stage.Cleanup => CleanupStage.Next(situation),
        Stage.Rollback => RollbackStage.Next(situation),
        Stage.DeleteEndpoint => DeleteEndpointStage.Next(situation),
        Stage.Approve => ApproveStage.Next(situation),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There is no such stage."),
    };
}
