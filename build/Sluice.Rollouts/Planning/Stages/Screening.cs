using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>
/// Before a candidate gets any traffic: the stable deployment must be well, or there is nothing to compare with and nothing to go back to;
/// and what labelled rows and rows sent to both can tell is told while nobody is hurt.
/// </summary>
internal static class Screening
{
    /// <summary>The decision while the candidate must not get traffic yet; null when it may.</summary>
    public static Decision? Next(Situation situation, string stable)
    {
        var candidate = situation.Candidate!;
        var health = Vouching.Next(
            situation,
            stable,
            Vouching.WholeRun,
            $"{stable} is what {candidate} is compared with, and the way back.",
            verdict => Decision.Hold(
                $"{stable}, which serves, is not well: {verdict.Sentence}. There is nothing to compare {candidate} with and no way back; "
                + "make it well, or move the traffic by hand and --adopt."));
        if (health is not null)
        {
            return health;
        }

        if (Looks.BeforeStart(situation, stable, candidate) is not { } look)
        {
            return null;
        }

        if (situation.History.Judged is not { Weight: 0 } judged)
        {
            return Decision.Act(look, $"{candidate} is compared with {stable} before it gets any traffic.");
        }

        if (situation.CandidateVerdict is { Kind: VerdictKind.Fail } probes)
        {
            return Reject(situation, stable, $"{candidate} failed before it got any traffic: gate probes says Fail: {probes.Sentence}.");
        }

        // What is not proven either way yet is looked at again in the first step; only labelled rows are not.
        var gates = look.Gates.Where(gate => gate is QualityRule || judged.Reports.Any(report => report.Gate == gate.Name && report.Kind == VerdictKind.Fail));
        var upshot = Upshot.Of(situation, gates);
        return upshot.Consequence switch
        {
            Consequence.Rollback => Reject(situation, stable, $"{candidate} failed before it got any traffic: {upshot.Sentence}."),
            Consequence.Hold when !situation.History.IsJudgedInRun => Decision.Act(look, $"A run before this one was held: {upshot.Sentence}."),
            Consequence.Hold => Decision.Hold($"{candidate} gets no traffic: {upshot.Sentence}. {upshot.Remedy}"),
            _ => null,
        };
    }

    private static Decision Reject(Situation situation, string stable, string why)
    {
        var endpoint = situation.State.Endpoint!;
        return Decision.Act(
            new SetMark(endpoint.Name, endpoint.Mark, new(situation.RolloutId, stable, situation.Candidate!, RolloutStatus.RolledBack)), why);
    }
}
