using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>
/// The stable deployment gets all traffic back, when it can serve. While a newer rollout waits for its candidate's first traffic, it is the one
/// that is given up, and what serves stays; a person goes further back by naming where to.
/// </summary>
internal static class RollbackStage
{
    /// <summary>Foreign changes that a rollback overrides before a person is asked; a canary still running makes one per step.</summary>
    private const int MostForeignChanges = 10;

    public static Decision Next(Situation situation)
    {
        if ((ToRejected(situation) ?? Preconditions.EndpointReady(situation)) is { } notReady)
        {
            return notReady;
        }

        var endpoint = situation.State.Endpoint!;
        var isWaiting = situation.RollbackTo is null && situation.Waits;
        if (isWaiting && situation.WaitingMark is null)
        {
            return Decision.Done($"The rollout under way has made no deployment yet: traffic stays [{endpoint.Traffic}]. --to goes back further.");
        }

        if (situation.RollbackTo is null && Untold(situation, endpoint) is { } untold)
        {
            return untold;
        }

        var known = isWaiting ? situation.WaitingMark : situation.KnownMark;
        var target = situation.RollbackTo is { } asked ? Named(situation, endpoint, asked) : known?.Stable;
        if (target is null)
        {
            return endpoint.Traffic.Sole is { } sole
                ? Decision.Done($"There was no rollout; {sole} has all traffic.")
                : Decision.Hold($"The traffic is [{endpoint.Traffic}], and no rollout made it so; say --to=<deployment>.");
        }

        var mark = known is { } before ? MarkOf(before, target) : null;
        if (endpoint.Traffic.Sole == target && endpoint.MirrorTraffic.Beside(endpoint.Traffic, mark).Equals(endpoint.MirrorTraffic))
        {
            var open = isWaiting ? known
                : endpoint.Mark is { IsOpen: true } or { Status: RolloutStatus.Completed } && endpoint.Mark.Stable == target ? endpoint.Mark
                : null;
            return open is not null
                ? Decision.Act(
                    new SetMark(endpoint.Name, endpoint.Mark, open with { Status = RolloutStatus.RolledBack }),
                    open.Status == RolloutStatus.Completed
                        ? $"Somebody gave {target} all traffic back after {open.Candidate} had replaced it, so {open.Candidate} counts as rolled back."
                        : $"{target} has all traffic already, so the rollout of {open.Candidate} is over.")
                : (endpoint.Mark is { Status: RolloutStatus.RolledBack } rejected ? Rejection.Tag(situation, rejected) : null)
                    ?? Decision.Done($"{target} has all traffic.");
        }

        // It overrides a canary that goes on meanwhile, but whoever changes what it wrote is not fought.
        var changes = situation.History.ForeignChanges;
        if (changes.Count > MostForeignChanges || (changes.Count > 0 && situation.History.LastWritten is { } written && Traffic.Of(written.Traffic).Sole == target))
        {
            return Decision.Hold(changes[^1]);
        }

        return endpoint.Deployment(target) switch
        {
            null => Decision.Fail(MissingDeployment.Sentence(endpoint, target)),
            { IsReady: false } unfit => Decision.Hold($"Deployment {target} is {unfit.State} and can't take the traffic."),
            _ => Shift(situation, endpoint, target, mark),
        };
    }

    /// <summary>
    /// The decision where a person names a deployment that was rejected and does not say that they want another try; null otherwise. It is the same
    /// while an operation is under way.
    /// </summary>
    private static Decision? ToRejected(Situation situation) =>
        situation is { RollbackTo: { } asked, Retry: false, State.Endpoint: { } endpoint }
        && Named(situation, endpoint, asked) is var target
        && endpoint.Traffic.Sole != target
        && Rejection.IsOf(endpoint, target)
            ? Decision.Fail(
                $"Deployment {target} was rejected before, and traffic stays [{endpoint.Traffic}]. Promote --retry rolls its version out again, step by "
                + $"step; Rollback --to={target} --retry gives it all traffic at once.")
            : null;

    /// <summary>
    /// The decision without a journal that tells of the latest rollout, where a candidate newer than what that one brought live may wait for its
    /// turn: which of the two a person means, only they know. Null where there is none.
    /// </summary>
    private static Decision? Untold(Situation situation, EndpointState endpoint) =>
        endpoint.Mark is { Status: RolloutStatus.Completed } mark
        && situation.History.Content is null
        && endpoint.Deployment(mark.Candidate) is { } serving
        && endpoint.Traffic.Sole == serving.Name
        && endpoint.Deployments.FirstOrDefault(deployment => deployment.CreatedAt > serving.CreatedAt
            && RoleTags.AreOurs(deployment.Tags)
            && !RoleTags.AreOfRejected(deployment.Tags)) is { } newer
            ? Decision.Hold(
                $"Without a journal nobody knows whether {newer.Name} waits for its first traffic or {mark.Candidate} is to go back: traffic stays "
                + $"[{endpoint.Traffic}]; say --to={mark.Stable} to go back.")
            : null;

    /// <summary>The decision of a stage whose rollout has gone back; null when it has not.</summary>
    public static Decision? WentBack(Situation situation) =>
        situation.History.WentBack is var (mark, why) && situation.State.Endpoint!.Traffic.Sole == mark.Stable
            ? Rejection.Tag(situation, mark) ?? Decision.RolledBack(
                (situation.History.IsBackInRun ? $"{why} " : $"{mark.Candidate} was taken back before, and --retry rolls it out again: {why} ")
                + $"{mark.Stable} has all traffic{(situation.History.MovedBack ? " again" : "")}.")
            : null;

    /// <summary>
    /// The deployment of that name or, where there is none, the newest that is up and serves that version; when neither is there, the name.
    /// </summary>
    private static string Named(Situation situation, EndpointState endpoint, string asked)
    {
        var ofVersion = endpoint.Deployments
            .Where(deployment => asked.Equals(deployment.ModelVersion, StringComparison.OrdinalIgnoreCase)
                && string.Equals(deployment.ModelName, situation.Spec.Model.Name, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(deployment => endpoint.Traffic[deployment.Name])
            .ThenByDescending(deployment => deployment.IsReady)
            .ThenByDescending(deployment => deployment.CreatedAt);
        return (endpoint.Deployment(asked) ?? ofVersion.FirstOrDefault())?.Name ?? asked.ToLowerInvariant();
    }

    /// <summary>The candidate goes back and is rejected, unless it is what a person brings back.</summary>
    private static RolloutMark MarkOf(RolloutMark before, string target) => target == before.Candidate
        ? before with { Status = RolloutStatus.Completed }
        : before with { Stable = target, Status = RolloutStatus.RolledBack };

    private static Decision Shift(Situation situation, EndpointState endpoint, string target, RolloutMark? mark) =>
        Vouching.Next(
            situation,
            target,
            Vouching.Moment,
            $"{target} is about to get all traffic.",
            verdict => Decision.Hold($"{target} is not healthy, so no traffic was moved: {verdict.Sentence}."))
        ?? Decision.Act(
            new SetTraffic(endpoint.Name, endpoint.Traffic, Traffic.AllTo(target), mark),
            $"{(situation.IsCancelled ? "The run was cancelled" : "A person asked for it")}, and {target} passed its smoke test.");
}
