using System.Globalization;
using System.Xml.Linq;
using OxyPlot;
using Sluice.Rollouts.Reporting;

namespace Sluice.Reporting;

/// <summary>The charts of a report, each with the table of its numbers. The charting library is loaded by the first one.</summary>
/// <param name="report">The report; it has a beginning and an end.</param>
internal sealed class ReportCharts(RolloutReport report)
{
    /// <summary>With more rows a table is read by nobody; the journal has them all.</summary>
    private const int MostRows = 200;

    private const int Tall = 230;
    private const int Low = 190;

    private readonly string _clock = ReportWords.ClockOf(report);

    private DateTimeOffset From => report.Began!.Value;

    private DateTimeOffset To => report.Ended!.Value;

    private string Stable => report.Stable ?? "the stable deployment";

    private string Candidate => report.Candidate ?? "the candidate";

    /// <summary>Who had which share of the live traffic.</summary>
    public XElement Traffic()
    {
        var chart = new TimeChart(From, To, "% of live traffic");
        chart.ShowFrom(0, 100);
        var spans = report.Traffic;
        var candidate = spans.SelectMany(span => Edges(span, 0, Of(span, report.Candidate))).ToArray();
        var stable = spans.SelectMany(span => Edges(span, Of(span, report.Candidate), Of(span, report.Candidate) + Of(span, report.Stable))).ToArray();
        if (report.Candidate is not null)
        {
            chart.Area(null, ChartSvg.Candidate, candidate, strength: 96);
            chart.Line($"{Candidate} (candidate)", ChartSvg.Candidate, LineStyle.Dash, MarkerType.None, candidate.Select(edge => (edge.Time, (double?)edge.Upper)));
        }

        chart.Area($"{Stable} (stable)", ChartSvg.Stable, stable, strength: 56);
        if (spans.Any(span => !span.Mirrored.IsNone))
        {
            chart.Line(
                "mirrored to the candidate",
                ChartSvg.Ink,
                LineStyle.Dot,
                MarkerType.None,
                spans.SelectMany(span => Edges(span, 0, span.Mirrored.Sum)).Select(edge => (edge.Time, (double?)edge.Upper)));
        }

        foreach (var span in spans.Where(span => Of(span, report.Candidate) is > 0 and < 100 && span.To - span.From > (To - From) / 25))
        {
            chart.Label(span.From + ((span.To - span.From) / 2), Of(span, report.Candidate), $"{Of(span, report.Candidate)} %");
        }

        return Figure(
            "traffic-chart",
            "Live traffic over time",
            $"The share of the live traffic that each deployment had, in percent. At the end it is {spans[^1].Live}.",
            chart,
            Tall,
            ["From", "For", "Live traffic", "Mirrored"],
            [.. spans.Select(span => (IReadOnlyList<object?>)
            [
                Markup.Time(span.From, _clock), Markup.Text(span.To - span.From), $"{span.Live}", span.Mirrored.IsNone ? "none" : $"{span.Mirrored}",
            ])]);

        static double Of(TrafficSpan span, string? deployment) => deployment is null ? 0 : span.Live[deployment];

        static (DateTimeOffset Time, double Lower, double Upper)[] Edges(TrafficSpan span, double lower, double upper) =>
            [(span.From, lower, upper), (span.To, lower, upper)];
    }

    /// <summary>How many requests there were, by minute.</summary>
    public XElement Requests()
    {
        var chart = OverEvidence("requests");
        Arms(chart, report.Minutes, arm => arm.Requests);
        chart.ShowAtLeast(0, 1);
        return Compared(
            "requests-chart",
            "Requests in each minute",
            "What callers sent, as Azure Monitor counted it; the rows that the rollout sent itself are taken out.",
            chart,
            report.Minutes);
    }

    /// <summary>Which share of them failed.</summary>
    /// <param name="points">The minutes, or the looks.</param>
    /// <param name="id">What the chart's ids begin with.</param>
    /// <param name="title">The chart's name.</param>
    public XElement Errors(IReadOnlyList<ComparedPoint> points, string id, string title)
    {
        var chart = OverEvidence("% failed");
        Arms(chart, points, arm => arm.ErrorRate * 100);
        chart.ShowAtLeast(0, 1);
        return Compared(id, title, $"The share of requests that failed, in percent. {Totals(points)}", chart, points);
    }

    /// <summary>How long they took.</summary>
    /// <param name="points">The minutes, or the looks.</param>
    /// <param name="id">What the chart's ids begin with.</param>
    /// <param name="title">The chart's name.</param>
    /// <param name="remark">What else there is to know of the numbers; empty for nothing.</param>
    public XElement Latency(IReadOnlyList<ComparedPoint> points, string id, string title, string remark = "")
    {
        var chart = OverEvidence("milliseconds");
        Arms(chart, points, arm => arm.Latency?.P95, " p95");
        Arms(chart, points, arm => arm.Latency?.P50, " p50", width: 1);
        chart.ShowAtLeast(0, 1);
        return Figure(
            id,
            title,
            $"The latencies that half of the requests (p50) and 95 % of them (p95) did not exceed, in milliseconds.{remark}",
            chart,
            Tall,
            ["Time", $"{Stable} p50 ms", $"{Stable} p95 ms", $"{Candidate} p50 ms", $"{Candidate} p95 ms"],
            [.. points.Select(point => (IReadOnlyList<object?>)
            [
                Markup.Time(point.Time, _clock),
                Markup.Text(point.Stable?.Latency?.P50),
                Markup.Text(point.Stable?.Latency?.P95),
                Markup.Text(point.Candidate?.Latency?.P50),
                Markup.Text(point.Candidate?.Latency?.P95),
            ])]);
    }

    /// <summary>What a gate measured, against its threshold.</summary>
    /// <param name="gate">The gate; its numbers make a curve.</param>
    /// <param name="id">What the chart's ids begin with.</param>
    public XElement Gate(GateCurve gate, string id)
    {
        var isEvidence = gate.Scale == GateScale.Evidence;
        var factor = gate.Scale == GateScale.Share ? 100 : 1;
        var chart = OverEvidence(isEvidence ? "log e-value" : gate.Scale == GateScale.Share ? "%" : "value");
        var limits = gate.Points.Where(point => point is { Lower: not null, Upper: not null }).ToArray();
        if (limits.Length > 0)
        {
            chart.Area("confidence limits", ChartSvg.Candidate, limits.Select(point => (point.Time, point.Lower!.Value * factor, point.Upper!.Value * factor)));
        }

        chart.Line(
            isEvidence ? "evidence against the candidate" : "measured",
            ChartSvg.Candidate,
            LineStyle.Solid,
            MarkerType.Square,
            gate.Points.Select(point => (point.Time, point.Value * factor)));
        if (gate.Points.Any(point => point.Support is not null))
        {
            chart.Line(
                "evidence for it",
                ChartSvg.Stable,
                LineStyle.Dash,
                MarkerType.Circle,
                gate.Points.Select(point => (point.Time, point.Support)));
        }

        chart.Threshold("threshold", gate.Points.Select(point => (point.Time, point.Threshold * factor)));
        chart.ShowAtLeast(0, 0);
        return Figure(
            id,
            $"Gate {gate.Gate}",
            $"At the end: {gate.Last.Sentence}.",
            chart,
            Low,
            isEvidence
                ? ["Time", "Weight", "Against", "For", "Threshold", "Answer"]
                : ["Time", "Weight", "Measured", "At least", "At most", "Threshold", "Answer"],
            [.. gate.Points.Select(point => (IReadOnlyList<object?>)(isEvidence
                ? [Markup.Time(point.Time, _clock), $"{point.Weight} %", Number(point.Value), Number(point.Support), Number(point.Threshold), ReportWords.Of(point.Kind)]
                :
                [
                    Markup.Time(point.Time, _clock), $"{point.Weight} %", Number(point.Value), Number(point.Lower), Number(point.Upper), Number(point.Threshold),
                    ReportWords.Of(point.Kind),
                ]))]);

        string Number(double? value) => gate.Scale == GateScale.Share ? Markup.Percent(value) : Markup.Text(value);
    }

    /// <summary>A chart of the time in which there was evidence: what comes before it, deployments mostly, would only press it together.</summary>
    private TimeChart OverEvidence(string axis)
    {
        var times = report.Minutes.Concat(report.Looks).Select(point => point.Time).Concat(report.Gates.SelectMany(gate => gate.Points).Select(point => point.Time)).ToArray();
        return times.Length == 0 ? new(From, To, axis) : new(times.Min(), times.Max(), axis);
    }

    private void Arms(TimeChart chart, IReadOnlyList<ComparedPoint> points, Func<ArmPoint, double?> value, string suffix = "", double width = 2)
    {
        if (points.Any(point => point.Stable is not null))
        {
            chart.Line(
                $"{Stable}{suffix}",
                ChartSvg.Stable,
                LineStyle.Solid,
                MarkerType.Circle,
                points.Select(point => (point.Time, point.Stable is null ? null : value(point.Stable))),
                width);
        }

        if (points.Any(point => point.Candidate is not null))
        {
            chart.Line(
                $"{Candidate}{suffix}",
                ChartSvg.Candidate,
                LineStyle.Dash,
                MarkerType.Square,
                points.Select(point => (point.Time, point.Candidate is null ? null : value(point.Candidate))),
                width);
        }
    }

    private XElement Compared(string id, string title, string description, TimeChart chart, IReadOnlyList<ComparedPoint> points) => Figure(
        id,
        title,
        description,
        chart,
        Low,
        ["Time", $"{Stable} requests", $"{Stable} failed", $"{Candidate} requests", $"{Candidate} failed"],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            Markup.Time(point.Time, _clock), Count(point.Stable?.Requests), Count(point.Stable?.Errors), Count(point.Candidate?.Requests), Count(point.Candidate?.Errors),
        ])]);

    private string Totals(IReadOnlyList<ComparedPoint> points) => string.Create(
        CultureInfo.InvariantCulture,
        $"In all {points.Sum(point => point.Candidate?.Errors ?? 0)} of {points.Sum(point => point.Candidate?.Requests ?? 0)} on {Candidate}, "
        + $"{points.Sum(point => point.Stable?.Errors ?? 0)} of {points.Sum(point => point.Stable?.Requests ?? 0)} on {Stable}.");

    private static string Count(long? count) => count is { } known ? known.ToString(CultureInfo.InvariantCulture) : "";

    private static XElement Figure(
        string id,
        string title,
        string description,
        TimeChart chart,
        int height,
        IReadOnlyList<string> heads,
        IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        // A long table shows every n-th row, and always the last.
        var every = (rows.Count + MostRows - 1) / MostRows;
        var shown = rows.Where((_, index) => every <= 1 || index % every == 0 || index == rows.Count - 1).ToArray();
        return Markup.Element(
            "figure",
            Markup.Element("figcaption", Markup.Element("strong", title), $" {description}"),
            Legend(chart),
            ChartSvg.Draw(id, title, description, chart.Model, height),
            Markup.Element(
                "details",
                Markup.Element("summary", $"The numbers of “{title}”"),
                every > 1 ? Markup.Element("p", $"{shown.Length} of {rows.Count} rows; the journal has all.") : null,
                Markup.Table(title, heads, shown)));
    }

    /// <summary>What the chart's lines are, each with a piece of it.</summary>
    private static XElement Legend(TimeChart chart) => Markup.Element(
        "ul",
        Markup.Attribute("class", "legend"),
        Markup.Element("li", chart.Unit),
        chart.Keys.Select(key => Markup.Element("li", Sample(key), $" {key.Title}")));

    private static XElement Sample(ChartKey key)
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        return new(
            svg + "svg",
            new XAttribute("viewBox", "0 0 30 10"),
            new XAttribute("aria-hidden", "true"),
            new XElement(
                svg + "line",
                new XAttribute("x2", 30),
                new XAttribute("y1", 5),
                new XAttribute("y2", 5),
                new XAttribute("style", string.Create(
                    CultureInfo.InvariantCulture,
                    $"stroke:var({key.Color});stroke-width:{key.Width}{(key.Dashes is null ? "" : $";stroke-dasharray:{key.Dashes}")}{(key.Width > 5 ? ";opacity:.4" : "")}"))));
    }
}
