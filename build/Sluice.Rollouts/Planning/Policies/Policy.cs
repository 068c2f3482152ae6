using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Policies;

/// <summary>
/// What the policy says to an action. It guards what brings a version forward or deletes: making a deployment, raising the
/// candidate's weight, the first deployment's traffic, deletions. It never holds the way back, evidence, uploads, or marks.
/// </summary>
public static class Policy
{
    /// <summary>What keeps the decision from being carried out now; null when nothing does.</summary>
    public static Obstacle? ObstacleTo(Decision decision, Situation situation) =>
        decision is ActDecision { Action: var action }
            ? StepTooLarge(situation, action) ?? NotApproved(situation, action) ?? Closed(situation, action)
            : null;

    /// <summary>Whether as many people as the policy asks for have approved something.</summary>
    public static bool IsApproved(Situation situation, ApprovalScope scope)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation.History.ApprovalsOf(scope).Count >= situation.Spec.Policy.Approvals.Of(scope);
    }

    private static Obstacle? StepTooLarge(Situation situation, RolloutAction action)
    {
        var most = situation.Spec.Policy.MaximumStep;
        return Rise(action) > most
            ? new($"May not {action}: a weight rises by at most {most} percent points at once (policy.maximumStep).", Until: null)
            : null;
    }

    private static Obstacle? NotApproved(Situation situation, RolloutAction action) =>
        ScopesOf(action).Select(scope => NotApproved(situation, action, scope)).FirstOrDefault(obstacle => obstacle is not null);

    private static Obstacle? NotApproved(Situation situation, RolloutAction action, ApprovalScope scope)
    {
        if (IsApproved(situation, scope))
        {
            return null;
        }

        var needed = situation.Spec.Policy.Approvals.Of(scope);
        var people = situation.History.ApprovalsOf(scope);
        var name = scope.ToString().ToLowerInvariant();
        var why = $"May not {action} yet: {people.Count} of {needed} approvals are there{string.Concat(people.Select(person => $", {person}'s"))}. "
            + $"Whoever did not start the rollout says Approve --stage={name}; the same command goes on then.";
        return new(why, Until: null) { Awaited = new(AwaitedKind.Approval, $"approval of {name}", why) { Scope = scope } };
    }

    /// <summary>What people must have approved before the action: the candidate's first traffic, all of it, or both where it gets all at once.</summary>
    private static IEnumerable<ApprovalScope> ScopesOf(RolloutAction action)
    {
        if (action is not SetTraffic { Mark: { IsOpen: true } mark } shift)
        {
            yield break;
        }

        if (shift.Expected[mark.Candidate] == 0 && Rise(action) > 0)
        {
            yield return ApprovalScope.Canary;
        }

        if (mark.Status == RolloutStatus.FinalBake)
        {
            yield return ApprovalScope.Promote;
        }
    }

    private static Obstacle? Closed(Situation situation, RolloutAction action)
    {
        var policy = situation.Spec.Policy;
        var calendar = new PolicyCalendar(policy);
        if (!IsGuarded(situation, action) || calendar.IsOpen(situation.Now))
        {
            return null;
        }

        var wall = calendar.WallAt(situation.Now);
        var why = policy.Freeze.FirstOrDefault(window => window.Covers(wall)) is { } freeze
            ? $"the freeze \"{freeze.Name}\" is on"
            : "no allowed window is open";
        var opening = calendar.NextOpening(situation.Now);
        var then = policy.WaitsForWindow ? "this run waits for it" : "the same command goes on then";
        var sentence = $"May not {action} now: {why}. " + (opening is { } open
            ? $"Changes are allowed again from {calendar.Show(open)}; {then}."
            : "The policy names no time from now on at which changes are allowed.");
        return new(sentence, opening) { Awaited = new(AwaitedKind.Window, $"a window to {action}", sentence) };
    }

    private static bool IsGuarded(Situation situation, RolloutAction action) => action switch
    {
        CreateDeployment or DeleteDeployment or DeleteEndpoint => true,
        SetTraffic { Mark: null } => situation.RollbackTo is null,
        SetTraffic { Mirror: not null } => true,
        _ => Rise(action) > 0,
    };

    /// <summary>The percent points by which the action raises the candidate of a rollout under way.</summary>
    private static int Rise(RolloutAction action) => action is SetTraffic { Mark: { IsOpen: true } mark } shift
        ? shift.Wanted[mark.Candidate] - shift.Expected[mark.Candidate]
        : 0;
}
