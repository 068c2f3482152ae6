using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Sluice.Reporting;

/// <summary>A chart over a rollout's time. Deployments differ by dash and marker, not by colour alone.</summary>
internal sealed class TimeChart
{
    /// <summary>With more points than these, markers would hide their line.</summary>
    private const int MostMarkers = 60;

    private const byte Faint = 48;

    private readonly LinearAxis _values;

    /// <summary>An empty chart.</summary>
    /// <param name="from">The time on the left.</param>
    /// <param name="to">The time on the right.</param>
    /// <param name="axis">What the values are.</param>
    public TimeChart(DateTimeOffset from, DateTimeOffset to, string axis)
    {
        // A rollout that took no time still needs a width.
        var end = to - from < TimeSpan.FromSeconds(1) ? from + TimeSpan.FromSeconds(1) : to;
        var margin = (end - from) / 50;
        _values = new LinearAxis
        {
            Position = AxisPosition.Left,
            Title = axis,
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
            DefaultFontSize = 13,
        };
        Model.Axes.Add(_values);
        Model.Axes.Add(new DateTimeAxis
        {
            Position = AxisPosition.Bottom,
            Minimum = X(from - margin),
            Maximum = X(end + margin),
            StringFormat = end - from < TimeSpan.FromMinutes(5) ? "HH:mm:ss" : end - from < TimeSpan.FromDays(1) ? "HH:mm" : "d MMM HH:mm",
            IntervalLength = 90,
            MinorTickSize = 0,
            TicklineColor = ChartSvg.Grid,
        });
        Model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.TopLeft,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendSymbolLength = 34,
        });
    }

    /// <summary>What is drawn.</summary>
    public PlotModel Model { get; }

    /// <summary>Fixes the values that are shown.</summary>
    public void ShowFrom(double least, double most)
    {
        (_values.Minimum, _values.Maximum) = (least, most);
        (_values.MinimumPadding, _values.MaximumPadding) = (0, 0);
    }

    /// <summary>Shows at least these values, beside all that are drawn.</summary>
    public void ShowAtLeast(double least, double most) =>
        (_values.MinimumDataMargin, _values.Minimum, _values.Maximum) = (0, Math.Min(least, LeastDrawn()), Math.Max(most, MostDrawn()) * 1.08);

    /// <summary>A line through values over time; where there is none, the line is broken.</summary>
    public void Line(string title, OxyColor color, LineStyle style, MarkerType marker, IEnumerable<(DateTimeOffset Time, double? Value)> points, double width = 2)
    {
        var line = new LineSeries { Title = title, Color = color, LineStyle = style, StrokeThickness = width };
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
            var line = new LineSeries { Title = title, Color = ChartSvg.Limit, LineStyle = LineStyle.LongDash, StrokeThickness = 1.5 };
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
        var area = new AreaSeries
        {
            Title = title,
            RenderInLegend = title is not null,
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
    });

    private static double X(DateTimeOffset time) => DateTimeAxis.ToDouble(time.UtcDateTime);

    private IEnumerable<double> Drawn() => Model.Series.OfType<LineSeries>().SelectMany(line => line.Points).Where(point => point.IsDefined()).Select(point => point.Y);

    private double LeastDrawn() => Drawn().DefaultIfEmpty(0).Min();

    private double MostDrawn() => Drawn().DefaultIfEmpty(1).Max();
}
