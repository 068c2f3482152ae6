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

    /// <summary>What the numbers are; <see cref="GateScale.None"/> where the report has none that make a curve.</summary>
    public GateScale Scale { get; init; }

    /// <summary>The point of a report.</summary>
    /// <param name="time">When the gate was asked.</param>
    /// <param name="weight">The candidate's share of the live traffic in percent.</param>
    /// <param name="report">What it said.</param>
    public static GatePoint Of(DateTimeOffset time, int weight, GateReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var numbers = report.Numbers;
        var point = new GatePoint(time, weight, report.Kind) { Lower = Number("lower"), Upper = Number("upper") };
        return numbers.ContainsKey("failLogE")
                ? Judged(GateScale.Evidence, Number("failLogE"), "threshold") with { Support = Number("passLogE") }
            : numbers.ContainsKey("required") ? Judged(GateScale.Share, Ratio("agreed", "compared"), "required")
            : numbers.ContainsKey("allowed") ? Judged(GateScale.Share, Ratio("candidateOver", "pairs"), "allowed")
            : Number("distance") is { } distance ? Judged(GateScale.Value, distance, "maximum") with
            {
                Lower = Math.Max(0, distance - (Number("band") ?? 0)),
                Upper = Math.Min(1, distance + (Number("band") ?? 0)),
            }
            : numbers.ContainsKey("score") ? Judged(GateScale.Value, Number("score"), "pass")
            : numbers.ContainsKey("needed") ? Judged(GateScale.Value, Number("approvals"), "needed")
            : numbers.ContainsKey("value") ? Judged(GateScale.Value, Number("value"), "limit")
            : point;

        GatePoint Judged(GateScale scale, double? value, string against) => point with { Scale = scale, Value = value, Threshold = Number(against) };

        double? Number(string name) => numbers.TryGetValue(name, out var number) ? number : null;

        double? Ratio(string part, string whole) => Number(whole) is > 0 and var all ? Number(part) / all : null;
    }
}
