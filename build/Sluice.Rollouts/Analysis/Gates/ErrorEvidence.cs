using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>The minutes, or looks, of a rollout folded for one gate on errors.</summary>
/// <param name="Counted">Errors and requests of both; while the candidate is alone, the stable deployment's are those of all its minutes.</param>
/// <param name="OfStep">Those under the present traffic.</param>
/// <param name="Fail">The evidence that the candidate fails more often than the tolerance allows, as a natural logarithm.</param>
/// <param name="Pass">The evidence that it fails less often than the excluded ratio.</param>
/// <param name="PassOfStep">The same, of the present traffic alone.</param>
/// <param name="IsAlone">Whether callers are counted, and the candidate has all of them.</param>
internal sealed record ErrorEvidence(ErrorCounts Counted, ErrorCounts OfStep, double Fail, double Pass, double PassOfStep, bool IsAlone)
{
    /// <summary>Folds what is known.</summary>
    public static ErrorEvidence Of(ErrorsRule rule, CandidateEvidence evidence)
    {
        var fail = new RestartedCountEProcess(rule.Tolerance);
        var (pass, passOfStep) = (CountEProcess.ForPass(rule.PassRatio), CountEProcess.ForPass(rule.PassRatio));
        var isReplay = rule.Source == EvidenceSource.Replay;
        foreach (var (stable, candidate, share) in isReplay ? Discordant(rule, evidence.Pairs) : InBlocks(evidence, evidence.Minutes))
        {
            fail.Add(stable, candidate, share);
            pass.Add(stable, candidate, share);
        }

        foreach (var (stable, candidate, share) in isReplay ? Discordant(rule, evidence.PairsOfStep) : InBlocks(evidence, evidence.MinutesOfStep))
        {
            passOfStep.Add(stable, candidate, share);
        }

        var counted = isReplay ? ErrorCounts.Of(evidence.Pairs) : ErrorCounts.Of(evidence.Minutes);
        var ofStep = isReplay ? ErrorCounts.Of(evidence.PairsOfStep) : ErrorCounts.Of(evidence.MinutesOfStep);
        var isAlone = !isReplay && evidence.IsAlone;
        return new(isAlone ? Before(counted, evidence) : counted, ofStep, fail.LogE, pass.LogE, passOfStep.LogE, isAlone);
    }

    private static ErrorCounts Before(ErrorCounts counted, CandidateEvidence evidence)
    {
        var stable = evidence.StableAtAll;
        return counted with { StableErrors = stable.Sum(minute => minute.Errors), StableRequests = stable.Sum(minute => minute.Requests) };
    }

    /// <summary>
    /// Minutes in which only one of the two had requests, together with the next ones of the same traffic: which deployments were asked says
    /// nothing about which one of them failed.
    /// </summary>
    private static IEnumerable<(double Stable, double Candidate, double Share)> InBlocks(
        CandidateEvidence evidence, IEnumerable<ComparedMinute> minutes)
    {
        var block = default(ErrorCounts);
        var map = -1;
        foreach (var minute in minutes)
        {
            var mapNow = evidence.MapAt(minute.Start);
            block = mapNow == map ? block + ErrorCounts.Of(minute) : ErrorCounts.Of(minute);
            map = mapNow;
            if (block is { StableRequests: > 0, Requests: > 0 })
            {
                yield return (block.StableErrors, block.Errors, (double)block.Requests / (block.StableRequests + block.Requests));
                block = default;
            }
        }
    }

    /// <summary>A pair of which both failed, or none, says nothing about which deployment is worse (McNemar).</summary>
    private static IEnumerable<(double Stable, double Candidate, double Share)> Discordant(ErrorsRule rule, IEnumerable<PairTally> pairs) =>
        pairs.Select(look => rule.OncePerLook
            ? (Math.Min(1.0, look.OnlyStableFailed), Math.Min(1.0, look.OnlyCandidateFailed), 0.5)
            : (look.OnlyStableFailed, look.OnlyCandidateFailed, 0.5));
}
