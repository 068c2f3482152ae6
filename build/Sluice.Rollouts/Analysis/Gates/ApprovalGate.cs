using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Counts the people who approved since the weight is held. Too few are no Fail: they have not been asked long enough.</summary>
internal static class ApprovalGate
{
    /// <summary>Asks the gate.</summary>
    public static GateReport Judge(ApprovalRule rule, CandidateEvidence evidence)
    {
        var people = evidence.ApprovedBy;
        var numbers = Numbers.Of(("approvals", people.Length), ("needed", rule.People));
        var sentence = $"{people.Length} of {rule.People} approvals are there{string.Concat(people.Select(person => $", {person}'s"))}";
        return people.Length >= rule.People
            ? new(rule.Name, VerdictKind.Pass, sentence, IsConclusive: true, numbers)
            : new(rule.Name, VerdictKind.Inconclusive, $"{sentence}; whoever did not start the rollout says Approve", IsConclusive: false, numbers);
    }
}
