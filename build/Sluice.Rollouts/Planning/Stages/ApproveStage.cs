using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
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

        var (starter, person) = (situation.History.Starter, situation.History.Person);
        if (starter is null || person is null)
        {
            return Decision.Fail($"Nobody has started a rollout of {candidate}; the stage Green does.");
        }

        if (person == starter)
        {
            return Decision.Fail($"{person} started the rollout of {candidate}; somebody else has to approve it.");
        }

        var scope = situation.Approves ?? (situation.CandidateMark is { IsOpen: true } ? ApprovalScope.Promote : ApprovalScope.Canary);
        var action = new Approve(scope);
        var needed = situation.Spec.Policy.Approvals.Of(scope);
        var people = situation.History.ApprovalsOf(scope);
        return people.Contains(person)
            ? Decision.Done($"{string.Join(", ", people)} did {action} of {candidate}: {people.Count} of {needed} that are needed.")
            : Decision.Act(action, $"{person} has seen what {starter} started.");
    }
}
