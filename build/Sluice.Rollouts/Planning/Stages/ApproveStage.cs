using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Policies;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>A person approves the rollout that somebody else has started.</summary>
internal static class ApproveStage
{
    public static Decision Next(Situation situation)
    {
        if (Preconditions.CandidateRegistered(situation) is { } notReady)
        {
            return notReady;
        }

        var candidate = situation.Candidate!;
        if (situation.CandidateMark is { IsOpen: false, Status: not RolloutStatus.Started } over)
        {
            return Decision.Fail($"The rollout of {candidate} is over ({over.Status}); there is nothing to approve.");
        }

        // Whoever approves means the rollout that waits now, and not an attempt of long ago that this configuration happens to name.
        if (situation.LatestContent is { } latest && latest != situation.Spec.Model.CandidateContent && situation.CandidateMark is not { IsOpen: true })
        {
            var waiting = situation.State.Models.FirstOrDefault(version => version.Has(latest));
            return Decision.Fail(
                $"The rollout that was begun last is of {waiting?.Title ?? "a version that is not registered"}, and this configuration's is {candidate}. "
                + $"Nothing was approved{(waiting is null ? "" : $"; --model-path={waiting.Source.Title} means the other one")}.");
        }

        var (starter, person) = (situation.History.Starter, situation.History.Person);
        if (starter is null || person is null)
        {
            return Decision.Fail($"Nobody has started a rollout of {candidate}; the stage Green does.");
        }

        if (Actors.People.Equals(person, starter))
        {
            return Decision.Fail($"{person} started the rollout of {candidate}; somebody else has to approve it.");
        }

        var mark = situation.CandidateMark;
        var gate = mark is { IsOpen: true } ? CanaryStage.GatesNow(situation, mark).OfType<ApprovalRule>().FirstOrDefault() : null;
        IReadOnlyList<string> ofStep = gate is null ? [] : new CandidateEvidence(situation.History, mark!.Stable, candidate).ApprovedBy;
        var scope = situation.Approves
            ?? (gate is not null && ofStep.Count < gate.People ? ApprovalScope.Step
            : mark is { IsOpen: true } && Policy.IsApproved(situation, ApprovalScope.Canary) ? ApprovalScope.Promote
            : ApprovalScope.Canary);
        if (scope == ApprovalScope.Step && gate is null)
        {
            return Decision.Fail($"No step of the rollout of {candidate} is held that a gate asks approval for.");
        }

        var action = new Approve(scope) { TrafficSince = scope == ApprovalScope.Step ? situation.History.TrafficSince : null };
        var needed = scope == ApprovalScope.Step ? gate!.People : situation.Spec.Policy.Approvals.Of(scope);
        var people = scope == ApprovalScope.Step ? ofStep : situation.History.ApprovalsOf(scope);
        return people.Contains(person, Actors.People)
            ? Decision.Done($"{string.Join(", ", people)} did {action} of {candidate}: {people.Count} of {needed} that are needed.")
            : Decision.Act(action, $"{person} has seen what {starter} started.");
    }
}
