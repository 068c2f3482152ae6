using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Sluice.Reporting;

/// <summary>A chart over a rollout's time. Deployments differ by dash and marker, not by colour alone.</summary>
internal sealed class TimeChart
{
    /// <summary>With more points than these, markers would hide their line.</summary>
    private const int MostMarkers = 30;

    private const byte Faint = 48;

    private readonly List<ChartKey> _keys = [];
    private readonly LinearAxis _values;

    /// <summary>An empty chart.</summary>
    /// <param name="from">The time on the left.</param>
    /// <param name="to">The time on the right.</param>
    /// <param name="axis">What the values are.</param>
    public TimeChart(DateTimeOffset from, DateTimeOffset to, string axis)
    {
        Unit = axis;

        // A rollout that took no time still needs a width.
        var end = to - from < TimeSpan.FromSeconds(1) ? from + TimeSpan.FromSeconds(1) : to;
        var margin = (end - from) / 50;
        _values = new LinearAxis
        {
            Position = AxisPosition.Left,
            MinimumPadding = 0.05,
            MaximumPadding = 0.1,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = ChartSvg.Grid,
            MinorTickSize = 0,
            TicklineColor = ChartSvg.Grid,
        };
        Model = new PlotModel
        {
            Culture = CultureInfo.InvariantCulture,
            Background = OxyColors.Undefined,
            TextColor = ChartSvg.Ink,
            PlotAreaBorderColor = ChartSvg.Grid,
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            DefaultFontSize = 12,
        };
        Model.Axes.Add(_values);
        Model.Axes.Add(new DateTimeAxis
        {
            Position = AxisPosition.Bottom,
            Minimum = X(from - margin),
            Maximum = X(end + margin),
            StringFormat = end - from < TimeSpan.FromMinutes(5) ? "HH:mm:ss" : end - from < TimeSpan.FromDays(1) ? "HH:mm" : "d MMM HH:mm",
            IntervalLength = 80,
            MinimumMajorStep = TimeSpan.FromSeconds(1).TotalDays,
            MinorTickSize = 0,
            TicklineColor = ChartSvg.Grid,
        });
    }

    /// <summary>What the values are.</summary>
    public string Unit { get; }

    /// <summary>What the lines and areas stand for.</summary>
    public IReadOnlyList<ChartKey> Keys => _keys;

    /// <summary>What is drawn.</summary>
    public PlotModel Model { get; }

    /// <summary>Fixes the values that are shown.</summary>
    public void ShowFrom(double least, double most)
    {
        (_values.Minimum, _values.Maximum) = (least, most);
        (_values.MinimumPadding, _values.MaximumPadding) = (0, 0);
    }

    /// <summary>Shows at least these values, beside all that are drawn.</summary>
    public void ShowAtLeast(double least, double most)
    {
        var drawn = Model.Series.OfType<LineSeries>().SelectMany(line => line.Points).Where(point => point.IsDefined()).Select(point => point.Y).ToArray();
        var (lowest, highest) = (drawn.Append(least).Min(), drawn.Append(most).Max());
        var room = Math.Max(highest - lowest, double.Epsilon) * 0.08;
        // A line along the lowest value would be half of one without some room below it.
        ShowFrom(lowest - (lowest < least ? room : room / 3), highest + room);
    }

    /// <summary>A line through values over time; where there is none, the line is broken.</summary>
    public void Line(string title, OxyColor color, LineStyle style, MarkerType marker, IEnumerable<(DateTimeOffset Time, double? Value)> points, double width = 2)
    {
        _keys.Add(new(title, ChartSvg.NameOf(color), DashesOf(style), width));
        var line = new LineSeries { Color = color, LineStyle = style, StrokeThickness = width };
        line.Points.AddRange(points.Select(point => point.Value is { } value ? new DataPoint(X(point.Time), value) : DataPoint.Undefined));
        if (line.Points.Count <= MostMarkers)
        {
            (line.MarkerType, line.MarkerFill, line.MarkerSize) = (marker, color, 3.5);
        }

        Model.Series.Add(line);
    }

    /// <summary>A threshold that may differ from look to look.</summary>
    public void Threshold(string title, IEnumerable<(DateTimeOffset Time, double? Value)> points)
    {
        // Read across the chart, so it reaches from edge to edge where it is the same at all looks.
        var known = points.Where(point => point.Value is not null).ToArray();
        if (known.Select(point => point.Value).Distinct().Take(2).Count() == 1)
        {
            var axis = Model.Axes[1];
            _keys.Add(new(title, ChartSvg.NameOf(ChartSvg.Limit), DashesOf(LineStyle.LongDash), 1.5));
            var line = new LineSeries { Color = ChartSvg.Limit, LineStyle = LineStyle.LongDash, StrokeThickness = 1.5 };
            line.Points.Add(new(axis.Minimum, known[0].Value!.Value));
            line.Points.Add(new(axis.Maximum, known[0].Value!.Value));
            Model.Series.Add(line);
        }
        else if (known.Length > 0)
        {
            Line(title, ChartSvg.Limit, LineStyle.LongDash, MarkerType.None, known, width: 1.5);
        }
    }

    /// <summary>The area between two values over time.</summary>
    public void Area(string? title, OxyColor color, IEnumerable<(DateTimeOffset Time, double Lower, double Upper)> points, byte strength = Faint)
    {
        if (title is not null)
        {
            _keys.Add(new(title, $"{ChartSvg.NameOf(color)}", null, 10));
        }

        var area = new AreaSeries
        {
            Color = OxyColors.Transparent,
            Color2 = OxyColors.Transparent,
            Fill = OxyColor.FromAColor(strength, color),
            StrokeThickness = 0,
        };
        foreach (var (time, lower, upper) in points)
        {
            area.Points.Add(new(X(time), upper));
            area.Points2.Add(new(X(time), lower));
        }

        Model.Series.Add(area);
    }

    /// <summary>A word at a place of the chart.</summary>
    public void Label(DateTimeOffset time, double value, string text) => Model.Annotations.Add(new TextAnnotation
    {
        Text = text,
        TextPosition = new DataPoint(X(time), value),
        TextColor = ChartSvg.Ink,
        Stroke = OxyColors.Transparent,
        TextHorizontalAlignment = HorizontalAlignment.Center,
        TextVerticalAlignment = VerticalAlignment.Bottom,
        Offset = new ScreenVector(0, -4),
    });

    private static string? DashesOf(LineStyle style) =>
        style.GetDashArray() is { } dashes ? string.Join(' ', dashes.Select(length => length.ToString("0.#", CultureInfo.InvariantCulture))) : null;

    private static double X(DateTimeOffset time) => DateTimeAxis.ToDouble(time.UtcDateTime);
}
