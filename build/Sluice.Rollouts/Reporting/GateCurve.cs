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
                .SelectMany(look => look.Reports, (look, report) => (Point: GatePoint.Of(look.Time, look.Weight, report), Report: report))
                .GroupBy(said => said.Report.Gate)
                .Select(said => new GateCurve(
                    said.Key,
                    said.Select(each => each.Point.Scale).FirstOrDefault(scale => scale != GateScale.None),
                    [.. said.Select(each => each.Point)],
                    said.Last().Report)),
        ];
    }
}
