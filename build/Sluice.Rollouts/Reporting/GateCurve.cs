using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;

namespace Sluice.Rollouts.Reporting;

/// <summary>What one gate said at all looks.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Scale">What its numbers are.</param>
/// <param name="Points">Its answers, oldest first; at least one.</param>
/// <param name="Last">Its latest report.</param>
public sealed record GateCurve(string Gate, GateScale Scale, ImmutableArray<GatePoint> Points, GateReport Last)
{
    /// <summary>The curves of a rollout's gates, in the order in which they were first asked.</summary>
    public static ImmutableArray<GateCurve> Of(IEnumerable<GatesJudged> looks)
    {
        ArgumentNullException.ThrowIfNull(looks);
        return
        [
            .. looks
                .SelectMany(look => look.Reports, (look, report) => (look.Time, look.Weight, Report: report))
                .GroupBy(said => said.Report.Gate)
                .Select(said => new GateCurve(
                    said.Key,
                    said.Select(each => GatePoint.ScaleOf(each.Report.Numbers)).FirstOrDefault(scale => scale != GateScale.None),
                    [.. said.Select(each => GatePoint.Of(each.Time, each.Weight, each.Report))],
                    said.Last().Report)),
        ];
    }
}
