using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;

namespace Sluice.Rollouts.Reporting;

/// <summary>A gate's answer at one look.</summary>
/// <param name="Time">When it was asked.</param>
/// <param name="Weight">The candidate's share of the live traffic then, in percent.</param>
/// <param name="Kind">The answer.</param>
public sealed record GatePoint(DateTimeOffset Time, int Weight, VerdictKind Kind)
{
    /// <summary>The number that is judged; null when there was none.</summary>
    public double? Value { get; init; }

    /// <summary>What it is at least, with confidence; null where there is no such limit.</summary>
    public double? Lower { get; init; }

    /// <summary>What it is at most, with confidence; null where there is no such limit.</summary>
    public double? Upper { get; init; }

    /// <summary>What the number is held against; null where the journal has none.</summary>
    public double? Threshold { get; init; }

    /// <summary>The evidence for the candidate, on the scale of <see cref="GateScale.Evidence"/>; null where there is none.</summary>
    public double? Support { get; init; }

    /// <summary>The scale of a report's numbers, by their names, which each gate chooses.</summary>
    public static GateScale ScaleOf(ImmutableSortedDictionary<string, double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return numbers.ContainsKey("failLogE") ? GateScale.Evidence
            : numbers.ContainsKey("required") || numbers.ContainsKey("allowed") ? GateScale.Share
            : numbers.ContainsKey("distance") || numbers.ContainsKey("value") || numbers.ContainsKey("score") || numbers.ContainsKey("needed")
                ? GateScale.Value
            : GateScale.None;
    }

    /// <summary>The point of a report.</summary>
    /// <param name="time">When the gate was asked.</param>
    /// <param name="weight">The candidate's share of the live traffic in percent.</param>
    /// <param name="report">What it said.</param>
    public static GatePoint Of(DateTimeOffset time, int weight, GateReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var point = new GatePoint(time, weight, report.Kind) { Lower = Number("lower"), Upper = Number("upper") };
        return report.Numbers switch
        {
            var numbers when numbers.ContainsKey("failLogE") =>
                point with { Value = Number("failLogE"), Support = Number("passLogE"), Threshold = Number("threshold") },
            var numbers when numbers.ContainsKey("required") =>
                point with { Value = Ratio("agreed", "compared"), Threshold = Number("required") },
            var numbers when numbers.ContainsKey("allowed") =>
                point with { Value = Ratio("candidateOver", "pairs"), Threshold = Number("allowed") },
            var numbers when numbers.ContainsKey("distance") => point with
            {
                Value = Number("distance"),
                Lower = Math.Max(0, numbers["distance"] - (Number("band") ?? 0)),
                Upper = Math.Min(1, numbers["distance"] + (Number("band") ?? 0)),
                Threshold = Number("maximum"),
            },
            var numbers when numbers.ContainsKey("score") => point with { Value = Number("score"), Threshold = Number("pass") },
            var numbers when numbers.ContainsKey("needed") => point with { Value = Number("approvals"), Threshold = Number("needed") },
            _ => point with { Value = Number("value"), Threshold = Number("limit") },
        };

        double? Number(string name) => report.Numbers.TryGetValue(name, out var number) ? number : null;

        double? Ratio(string part, string whole) => Number(whole) is > 0 and var all ? Number(part) / all : null;
    }
}
