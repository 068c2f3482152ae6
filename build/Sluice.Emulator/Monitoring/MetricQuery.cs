using System.Globalization;
using System.Xml;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Monitoring;

/// <summary>What a client of Azure Monitor asks for.</summary>
/// <param name="Metrics">The metrics.</param>
/// <param name="From">The span's beginning.</param>
/// <param name="To">The span's end, exclusive.</param>
/// <param name="Interval">The time grain; all of the span for <c>FULL</c>.</param>
/// <param name="Aggregations">What is computed of each interval, in official spelling.</param>
/// <param name="Filter">The filter's text, or null.</param>
/// <param name="HasKnownDimensions">Whether the filter may name no dimension but the metric's own; others are left out of it.</param>
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
    bool HasKnownDimensions,
    SeriesOrder Order,
    int Top,
    bool WithData)
{
    private const int MostMetrics = 20;
    private const int DefaultTop = 10;
    private const string NoAggregation = "None";
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(1);
    private static readonly string[] Grains = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];

    /// <summary>The time grains that can be asked for.</summary>
    public static IReadOnlyList<string> Intervals => Grains;

    /// <summary>
    /// Where the first interval begins: with the minute of the span's beginning, whatever the grain (documentation: "Azure Storage metrics in
    /// Azure Monitor", where an hour from 17:27:41 is one point of 17:27:00).
    /// </summary>
    public DateTimeOffset Start => MinuteOf(From);

    /// <summary>
    /// How many intervals the span has. An hour that ends within a minute has none for that minute, as it has one for its first. Of minutes the
    /// last one is shown, too, so that who asks up to now sees what was counted by now.
    /// </summary>
    public int Points => (int)Math.Ceiling((To - (Interval == TimeSpan.FromMinutes(1) ? Start : From)) / Interval);

    /// <summary>Where the last interval ends, exclusive: with the span, or before it.</summary>
    public DateTimeOffset End => Start + (Points * Interval) is var end && end < To ? end : To;

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
        if (names.Length > MostMetrics)
        {
            // As public reports of programs that ask Azure Monitor have it.
            throw Refuse.Query($"Requested metrics count: {names.Length} bigger than allowed max: {MostMetrics}");
        }

        // Without names Azure answers with one metric of its choice; here it is the first.
        IReadOnlyList<MetricDefinition> metrics = names.Length == 0 ? [catalogue.Metrics[0]] : [.. names.Select(catalogue.Find)];
        var (from, to) = Span(request.Query("timespan"), now);
        return new MetricQuery(
            metrics,
            from,
            to,
            Is(request.Query("interval"), "FULL")
                ? to - MinuteOf(from)
                : Grain(request.Query("interval"), Flag(request, "AutoAdjustTimegrain", otherwise: false)),
            Aggregation(request.Query("aggregation")),
            request.Query("$filter"),
            Flag(request, "ValidateDimensions", otherwise: true),
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
            // az encodes it twice, and Azure reads it (recorded: Azure/azure-cli, test_monitor_metrics_scenario.yaml).
            var (from, to) = Uri.UnescapeDataString(text).Split('/') switch
            {
                [var length] => (now - Length(length), now),
                [var start, ['P', ..] length] => (Moment(start), Moment(start) + Length(length)),
                [['P', ..] length, var end] => (Moment(end) - Length(length), Moment(end)),
                [var start, var end] => (Moment(start), Moment(end)),
                _ => (now, now),
            };
            if (from < to)
            {
                // Of a longer span Azure shows the last month (recorded there, too: 2018/2999 is answered with 2998-12-01/2999-01-01).
                var month = to.AddMonths(-1);
                return (from < month ? month : from, to);
            }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentException)
        {
            // Told below, as a span that ends before it begins is.
        }

        throw Refuse.Query(
            $"The timespan is '{text}'; expected is start/end in ISO 8601, for example 2026-01-01T10:00:00Z/2026-01-01T11:00:00Z, "
            + "start/duration, duration/end, or a duration such as PT1H.");
    }

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static TimeSpan Length(string text) => XmlConvert.ToTimeSpan(text);

    private static DateTimeOffset MinuteOf(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    // What may be adjusted is said of the timespan (documentation: "Metrics - List", AutoAdjustTimegrain) and meant of the grain, as the name has it.
    private static TimeSpan Grain(string? text, bool mayBeAdjusted)
    {
        if (string.IsNullOrEmpty(text) || Is(text, "auto"))
        {
            return Length(Grains[0]);
        }

        try
        {
            var wanted = Length(text.ToUpperInvariant());
            var closest = Grains.Select(Length).MinBy(grain => (grain - wanted).Duration());
            if (closest == wanted || mayBeAdjusted)
            {
                return closest;
            }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            // Told below.
        }

        throw Refuse.Query($"Detected invalid time grain input: {text}. Valid time grains: {string.Join(",", Grains)}");
    }

    private static IReadOnlyList<string> Aggregation(string? text)
    {
        var wanted = Words(text).Where(word => !Is(word, NoAggregation)).ToList();
        foreach (var word in wanted.Where(word => !MetricPoint.Aggregations.Any(known => Is(known, word))))
        {
            throw Refuse.Query($"The aggregation is '{word}'; allowed are {string.Join(", ", MetricPoint.Aggregations)}.");
        }

        return wanted.Count == 0
            ? [MetricPoint.Primary]
            : [.. MetricPoint.Aggregations.Where(known => wanted.Exists(word => Is(known, word)))];
    }

    private static bool Flag(ArmRequest request, string name, bool otherwise) => request.Query(name) is not { Length: > 0 } text ? otherwise
        : bool.TryParse(text, out var flag) ? flag
        : throw Refuse.Query($"The query parameter {name} is '{text}'; allowed are true and false.");

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
