using System.Globalization;
using System.Xml;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Monitoring;

/// <summary>What a client of Azure Monitor asks for.</summary>
/// <param name="Metrics">The metrics.</param>
/// <param name="From">The span's beginning, on a border of the interval.</param>
/// <param name="To">The span's end, exclusive.</param>
/// <param name="Interval">The time grain; all of the span for <c>FULL</c>.</param>
/// <param name="Aggregations">What is computed of each interval, in official spelling.</param>
/// <param name="Filter">The filter's text, or null.</param>
/// <param name="Order">In which order series are shown.</param>
/// <param name="Top">How many series of a metric are shown at most.</param>
/// <param name="WithData">False when only the series' names are asked for (<c>resultType=metadata</c>).</param>
internal sealed record MetricQuery(
    IReadOnlyList<MetricDefinition> Metrics,
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Interval,
    IReadOnlyList<string> Aggregations,
    string? Filter,
    SeriesOrder Order,
    int Top,
    bool WithData)
{
    private const int MostPoints = 1440 * 7;
    private const int DefaultTop = 10;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(1);
    private static readonly string[] Grains = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];

    /// <summary>The time grains that can be asked for.</summary>
    public static IReadOnlyList<string> Intervals => Grains;

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="catalogue">The metrics of the resource.</param>
    /// <param name="now">The time: where a span ends by itself.</param>
    /// <exception cref="RefusedException">A parameter cannot be read.</exception>
    public static MetricQuery Read(ArmRequest request, MetricCatalogue catalogue, DateTimeOffset now)
    {
        catalogue.RequireNamespace(request.Query("metricnamespace"));
        if (request.Query("rollupby") is { Length: > 0 } dimension)
        {
            throw Refuse.Query($"The query parameter rollupby is '{dimension}'; the local Azure ML rolls nothing up. Leave it out.");
        }

        var names = Words(request.Query("metricnames"));

        // Without names Azure answers with one metric of its choice; here it is the first.
        IReadOnlyList<MetricDefinition> metrics = names.Length == 0 ? [catalogue.Metrics[0]] : [.. names.Select(catalogue.Find)];
        var (from, to) = Span(request.Query("timespan"), now);
        var isFull = Is(request.Query("interval"), "FULL");
        var interval = isFull ? to - from : Grain(request.Query("interval"));
        var start = isFull ? from : new DateTimeOffset(from.UtcTicks - (from.UtcTicks % interval.Ticks), TimeSpan.Zero);
        if ((to - start) / interval > MostPoints)
        {
            throw Refuse.Query(
                $"The timespan holds more than {MostPoints} intervals of {WireTime.Duration(interval)}; ask for a shorter one.");
        }

        return new MetricQuery(
            metrics,
            start,
            to,
            interval,
            Aggregation(request.Query("aggregation")),
            request.Query("$filter"),
            SeriesOrder.Parse(request.Query("orderby")),
            Number(request.Query("top")),
            WantsData(request.Query("resultType")));
    }

    private static (DateTimeOffset From, DateTimeOffset To) Span(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (now - DefaultSpan, now);
        }

        try
        {
            var parts = text.Split('/');
            var (from, to) = parts.Length == 1 ? (now - XmlConvert.ToTimeSpan(text), now) : (Moment(parts[0]), Moment(parts[1]));
            if (parts.Length <= 2 && from < to)
            {
                return (from, to);
            }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentException)
        {
            // Told below, as a span that ends before it begins is.
        }

        throw Refuse.Query(
            $"The timespan is '{text}'; expected is start/end in ISO 8601, for example 2026-01-01T10:00:00Z/2026-01-01T11:00:00Z, "
            + "or a duration such as PT1H.");
    }

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static TimeSpan Grain(string? text)
    {
        if (string.IsNullOrEmpty(text) || Is(text, "auto"))
        {
            text = Grains[0];
        }

        return Grains.FirstOrDefault(grain => Is(grain, text)) is { } known
            ? XmlConvert.ToTimeSpan(known)
            : throw Refuse.Query($"Detected invalid time grain input: {text}. Valid time grains: {string.Join(",", Grains)}");
    }

    private static IReadOnlyList<string> Aggregation(string? text)
    {
        var wanted = Words(text);
        foreach (var word in wanted.Where(word => !MetricPoint.Aggregations.Any(known => Is(known, word))))
        {
            throw Refuse.Query($"The aggregation is '{word}'; allowed are {string.Join(", ", MetricPoint.Aggregations)}.");
        }

        return wanted.Length == 0
            ? [MetricPoint.Primary]
            : [.. MetricPoint.Aggregations.Where(known => wanted.Any(word => Is(known, word)))];
    }

    private static bool WantsData(string? resultType) =>
        string.IsNullOrEmpty(resultType) || Is(resultType, "Data") ? true
        : Is(resultType, "Metadata") ? false
        : throw Refuse.Query($"The query parameter resultType is '{resultType}'; allowed are Data and Metadata.");

    private static int Number(string? top) => string.IsNullOrEmpty(top)
        ? DefaultTop
        : int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Refuse.Query($"The query parameter top is '{top}'; expected is an integer of 1 or more.");

    private static string[] Words(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Is(string? text, string word) => word.Equals(text, StringComparison.OrdinalIgnoreCase);
}
