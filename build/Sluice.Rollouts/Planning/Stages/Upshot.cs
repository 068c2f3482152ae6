using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>What the gates' latest answers together lead to: the worst of what each one leads to.</summary>
/// <param name="Consequence">What follows.</param>
/// <param name="Because">The report that it follows from; null when nothing stands in the way, or when a gate has not been asked.</param>
/// <param name="IsConclusive">Whether each gate's Pass is proven.</param>
internal sealed record Upshot(Consequence Consequence, GateReport? Because, bool IsConclusive)
{
    /// <summary>Why, as it fits behind a colon.</summary>
    public string Sentence => Because is { } report
        ? $"gate {report.Gate} says {report.Kind}: {report.Sentence}"
        : "the gates have not been asked yet";

    /// <summary>Whether asking again answers the same: the same rows are sent to the same model.</summary>
    public bool IsFixed { get; private init; }

    /// <summary>What can change it, as a sentence.</summary>
    public string Remedy => IsFixed
        ? $"Asking the same rows again changes nothing: more labelled rows can, another limit, or the gate's on.{(Because!.Kind == VerdictKind.Fail ? "fail" : "inconclusive")}; "
            + "or Rollback gives it up."
        : "The same command looks again.";

    /// <summary>The upshot of gates on the latest look under the present traffic.</summary>
    public static Upshot Of(Situation situation, IEnumerable<GateRule> gates)
    {
        var (consequence, because, isConclusive, isFixed) = (Consequence.Advance, (GateReport?)null, true, false);
        foreach (var gate in gates.Where(gate => !gate.ObserveOnly))
        {
            var report = situation.History.Judged?.Reports.FirstOrDefault(report => report.Gate == gate.Name);
            var follows = report is null ? Consequence.Hold : Following(gate.On, report.Kind);
            isConclusive &= report is { Kind: VerdictKind.Pass } ? report.IsConclusive : follows == Consequence.Advance;
            if (follows > consequence)
            {
                (consequence, because) = (follows, report);
                isFixed = gate is QualityRule && report is { Kind: VerdictKind.Fail or VerdictKind.Inconclusive };
            }
        }

        return new(consequence, because, isConclusive) { IsFixed = isFixed };
    }

    private static Consequence Following(Consequences on, VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => Consequence.Advance,
        VerdictKind.Fail => on.Fail,
        VerdictKind.Inconclusive => on.Inconclusive,
        VerdictKind.NoData => on.NoData,
        _ => on.Error,
    };
}
