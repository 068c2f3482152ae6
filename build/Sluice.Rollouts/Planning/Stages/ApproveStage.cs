using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
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
            var why = $"{person} started the rollout of {candidate}; somebody else has to approve it.";
            return new FinishDecision(Outcome.Failed, why)
            {
                Awaited = (situation.Approves ?? NextNeeded(situation)) is { } asked ? new(AwaitedKind.Approval, $"approval of the {asked}", why) { Scope = asked } : null,
            };
        }

        // Who says Approve once has approved one thing; it is not asked anew what comes after it.
        return (situation.History.ApprovedInRun?.Scope ?? situation.Approves ?? NextNeeded(situation)) switch
        {
            null => Decision.Done($"The rollout of {candidate} needs no approval that it has not."),
            ApprovalScope.Step => OfStep(situation, person),
            { } scope => Of(
                situation,
                new Approve(scope),
                situation.Spec.Policy.Approvals.Of(scope),
                situation.History.ApprovalsOf(scope),
                person),
        };
    }

    /// <summary>What the gates that hold the present traffic until people approve say, by the approvals that are there now.</summary>
    public static IEnumerable<GateReport> AskedNow(Situation situation) =>
        GatesNow(situation).Where(gate => gate.Holds).Select(gate => ApprovalGate.Judge(gate, EvidenceNow(situation)));

    /// <summary>What the rollout needs an approval for next: the step that is held, its first traffic, or all of it. Null for nothing.</summary>
    private static ApprovalScope? NextNeeded(Situation situation)
    {
        if (AskedNow(situation).Any(report => report.Kind != VerdictKind.Pass))
        {
            return ApprovalScope.Step;
        }

        return !Policy.IsApproved(situation, ApprovalScope.Canary) ? ApprovalScope.Canary
            : !Policy.IsApproved(situation, ApprovalScope.Promote) ? ApprovalScope.Promote
            : null;
    }

    private static Decision OfStep(Situation situation, string person)
    {
        var gates = GatesNow(situation).ToArray();
        return gates.Length == 0
            ? Decision.Fail($"No step of the rollout of {situation.Candidate} is held that a gate asks approval for.")
            : Of(
                situation,
                new Approve(ApprovalScope.Step) { TrafficSince = situation.History.TrafficSince },
                gates.Max(gate => gate.People),
                ApprovedStep(situation),
                person);
    }

    private static Decision Of(Situation situation, Approve action, int needed, IReadOnlyCollection<string> people, string person) =>
        people.Contains(person, Actors.People)
            ? Decision.Done(
                $"{string.Join(", ", people)} did {action} of {situation.Candidate}: "
                + (needed == 0 ? "none is needed." : $"{people.Count} of {needed} that are needed."))
            : Decision.Act(action, $"{person} has seen what {situation.History.Starter} started.");

    /// <summary>The gates that ask people under the present traffic; none while the candidate has no share of it.</summary>
    private static IEnumerable<ApprovalRule> GatesNow(Situation situation) =>
        situation is { CandidateMark: { IsOpen: true } mark, State.Endpoint: { } endpoint }
        && endpoint.Traffic[mark.Candidate] + endpoint.MirrorTraffic[mark.Candidate] > 0
            ? CanaryStage.GatesNow(situation, mark).OfType<ApprovalRule>()
            : [];

    /// <summary>Who has approved the step under the present traffic; the same people for each of its gates.</summary>
    private static ImmutableArray<string> ApprovedStep(Situation situation) => EvidenceNow(situation).ApprovedBy;

    private static CandidateEvidence EvidenceNow(Situation situation) =>
        new(situation.History, situation.CandidateMark!.Stable, situation.Candidate!);
}
