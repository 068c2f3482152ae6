using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>A candidate that was taken back is rejected: it is tagged so, and gets no traffic again unless a person wants another try.</summary>
internal static class Rejection
{
    /// <summary>
    /// The decision on a candidate without traffic that was rejected before, or taken off after its rollout and is to begin anew; null for others.
    /// </summary>
    public static Decision? Next(Situation situation)
    {
        var endpoint = situation.State.Endpoint!;
        var candidate = situation.Candidate!;
        if (endpoint.Traffic.Sole is not { } stable || stable == candidate)
        {
            return null;
        }

        if (!IsRejected(situation, candidate))
        {
            return situation.CandidateDeployment is { IsReady: true } retried && situation.CandidateMark is { Status: RolloutStatus.Started } && RoleTags.AreOfRejected(retried.Tags)
                ? Tag(situation, candidate, RoleTags.Retried, $"{candidate} gets another try.")
                : situation is { Adopt: true, IsTakenOff: true } && situation.CandidateMark!.RolloutId != situation.RolloutId
                ? Again(situation, stable, $"{candidate} was promoted before and somebody has taken its traffic since; a person accepts that, and rolls it out anew.")
                : null;
        }

        // What this very rollout rejected stays rejected, however it was begun.
        if (!situation.Retry || situation.CandidateMark?.RolloutId == situation.RolloutId || endpoint.Mark is { IsOpen: true })
        {
            return Decision.RolledBack(
                (situation.History.WentBack is var (mark, why) && mark.Candidate == candidate
                    ? $"{candidate} was rejected before, and --retry rolls it out again: {why}"
                    : $"{candidate} was rejected before; --retry rolls it out again.")
                + $" Traffic is [{endpoint.Traffic}].");
        }

        return Again(situation, stable, $"{candidate} was rejected before, and a person wants another try.");
    }

    /// <summary>The decision while the rejected candidate is not tagged so; null when it is, or can't be.</summary>
    public static Decision? Tag(Situation situation, RolloutMark mark) =>
        situation.State.Endpoint!.Deployment(mark.Candidate) is { IsReady: true } rejected && !RoleTags.AreOfRejected(rejected.Tags)
            ? Tag(situation, rejected.Name, RoleTags.Rejected, $"{mark.Candidate} was taken back.")
            : null;

    /// <summary>Another rollout of the candidate begins, with approvals of its own.</summary>
    private static Decision Again(Situation situation, string stable, string why) => Decision.Act(
        new SetMark(
            situation.State.Endpoint!.Name,
            situation.State.Endpoint.Mark,
            new(situation.RolloutId, stable, situation.Candidate!, RolloutStatus.Started)),
        why);

    private static Decision? Tag(Situation situation, string deployment, string verdict, string why)
    {
        var tag = new TagDeployment(situation.State.Endpoint!.Name, deployment, RoleTags.Verdict, verdict);
        return situation.History.HasFailed(tag.ToString()) ? null : Decision.Act(tag, why);
    }

    /// <summary>
    /// Whether a deployment is one that was rejected, of whichever candidate. The mark knows best; of what it does not speak of, the tag tells.
    /// </summary>
    public static bool IsOf(EndpointState endpoint, string deployment) => endpoint.Mark switch
    {
        { } mark when mark.Candidate == deployment => mark.Status == RolloutStatus.RolledBack,
        { } mark when mark.Stable == deployment => false,
        _ => endpoint.Deployment(deployment) is { } other && RoleTags.AreOfRejected(other.Tags),
    };

    /// <summary>Whether it is rejected. The mark knows best; where it speaks of another candidate, the deployment's tag and the journal do.</summary>
    public static bool IsRejected(Situation situation, string candidate) => situation.CandidateMark is { } mark
        ? mark.Status == RolloutStatus.RolledBack
        : (situation.CandidateDeployment is { } deployment && RoleTags.AreOfRejected(deployment.Tags))
            || (situation.History.LastMark is { Status: RolloutStatus.RolledBack } last && last.Candidate == candidate);
}
