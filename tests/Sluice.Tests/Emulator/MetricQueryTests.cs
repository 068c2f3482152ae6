using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Monitoring;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class MetricQueryTests
{
    private static readonly DateTimeOffset Now = Moment("2026-11-28T18:27:41Z");

    [TestCase("", "2026-11-28T17:27:41Z/2026-11-28T18:27:41Z")]
    [TestCase("PT3H", "2026-11-28T15:27:41Z/2026-11-28T18:27:41Z")]
    [TestCase("PT3600.0S", "2026-11-28T17:27:41Z/2026-11-28T18:27:41Z")]
    [TestCase("2026-11-27T01:02:03Z/2026-11-27T02:00:00Z", "2026-11-27T01:02:03Z/2026-11-27T02:00:00Z")]
    [TestCase("2026-11-27T01:02:03Z/PT2H", "2026-11-27T01:02:03Z/2026-11-27T03:02:03Z")]
    [TestCase("2026-11-27T01:02:03+01:00/PT3600.0S", "2026-11-27T00:02:03Z/2026-11-27T01:02:03Z")]
    [TestCase("PT2H/2026-11-27T01:02:03Z", "2026-11-26T23:02:03Z/2026-11-27T01:02:03Z")]
    [TestCase("2026-11-27T01%3A02%3A03%2B00%3A00%2F2026-11-27T02%3A00%3A00%2B00%3A00", "2026-11-27T01:02:03Z/2026-11-27T02:00:00Z")]
    [TestCase("2018-01-01T00%3A00%3A00%2B00%3A00%2F2999-01-01T00%3A00%3A00%2B00%3A00", "2998-12-01T00:00:00Z/2999-01-01T00:00:00Z")]
    [TestCase("2018-01-01T00:00:00Z/2031-09-10T00:00:00Z", "2031-08-10T00:00:00Z/2031-09-10T00:00:00Z")]
    [TestCase("P90D", "2026-10-28T18:27:41Z/2026-11-28T18:27:41Z")]
    public void A_span_is_read_in_every_form_that_clients_write_and_shown_to_the_second(string timespan, string shown) =>
        Assert.That((string?)Answer([("timespan", timespan)])["timespan"], Is.EqualTo(shown));

    [TestCase("PT1H/PT2H")]
    [TestCase("2026-11-27T01:02:03Z/-PT2H")]
    [TestCase("2026-11-27T01:02:03Z/2026-11-27T01:02:03Z")]
    [TestCase("2026-11-27/2026-11-28/2026-11-29")]
    [TestCase("0001-01-01T00:00:00Z/0001-01-01T00:00:01Z")]
    public void Another_span_is_refused(string timespan) =>
        Assert.That(Refusal([("timespan", timespan)]), Does.Contain("expected is start/end"));

    [TestCase("PT1H", "17:27:41", "18:27:41", ExpectedResult = "17:27=9")]
    [TestCase("PT1H", "17:27:41", "18:28:41", ExpectedResult = "17:27=9 18:27=4")]
    [TestCase("PT30M", "17:27:41", "18:27:41", ExpectedResult = "17:27=1 17:57=8")]
    [TestCase("PT1M", "17:27:41", "17:30:00", ExpectedResult = "17:27=1 17:28=- 17:29=-")]
    [TestCase("PT1M", "18:26:00", "18:28:00", ExpectedResult = "18:26=6 18:27=4")]
    [TestCase("PT1M", "18:26:30", "18:27:10", ExpectedResult = "18:26=6 18:27=4")]
    [TestCase("FULL", "17:27:41", "18:27:41", ExpectedResult = "17:27=13")]
    public string Intervals_begin_with_the_minute_of_the_spans_beginning(string interval, string from, string to)
    {
        var answer = Answer(
            [("timespan", $"2026-11-28T{from}Z/2026-11-28T{to}Z"), ("interval", interval), ("aggregation", "total")],
            Requests("17:27", 1),
            Requests("17:58", 2),
            Requests("18:26", 6),
            Requests("18:27", 4));

        return string.Join(' ', answer["value"]![0]!["timeseries"]![0]!["data"]!.AsArray().Select(point =>
            $"{((string)point!["timeStamp"]!)["2026-11-28T".Length..][..5]}={point["total"]?.ToString() ?? "-"}"));
    }

    [Test]
    public void A_metric_without_a_sample_has_no_series() =>
        Assert.That(Answer([])["value"]![0]!["timeseries"]!.ToJsonString(), Is.EqualTo("[]"));

    [TestCase("PT2M", ExpectedResult = "PT1M")]
    [TestCase("PT4M", ExpectedResult = "PT5M")]
    [TestCase("PT3H", ExpectedResult = "PT1H")]
    [TestCase("P30D", ExpectedResult = "P1D")]
    [TestCase("PT15M", ExpectedResult = "PT15M")]
    public string? A_grain_that_there_is_not_becomes_the_closest_one_where_that_is_asked_for(string interval) =>
        (string?)Answer([("interval", interval), ("AutoAdjustTimegrain", "true")])["interval"];

    [TestCase("interval", "PT2M", "Detected invalid time grain input: PT2M")]
    [TestCase("AutoAdjustTimegrain", "perhaps", "allowed are true and false")]
    [TestCase("aggregation", "Median", "allowed are Total, Average, Minimum, Maximum, Count")]
    [TestCase("$filter", "colour eq 'red'", "does not support requested dimension combination: colour")]
    public void What_there_is_not_is_refused(string name, string value, string says) =>
        Assert.That(Refusal([(name, value)]), Does.Contain(says));

    [Test]
    public void A_filter_on_a_dimension_that_there_is_not_is_read_over_where_that_is_asked_for()
    {
        var answer = Answer(
            [("$filter", "colour eq 'red'"), ("ValidateDimensions", "false"), ("aggregation", "total"), ("interval", "FULL")], Requests("18:00", 3));

        Assert.That((double?)answer["value"]![0]!["timeseries"]![0]!["data"]![0]!["total"], Is.EqualTo(3));
    }

    [TestCase("None", "average")]
    [TestCase("none,Total", "total")]
    public void None_is_no_aggregation(string aggregation, string shown)
    {
        var answer = Answer([("aggregation", aggregation), ("interval", "FULL")], Requests("18:00", 3));

        Assert.That(
            answer["value"]![0]!["timeseries"]![0]!["data"]![0]!.AsObject().Select(member => member.Key),
            Is.EqualTo(new[] { "timeStamp", shown }));
    }

    [TestCase(20, ExpectedResult = "")]
    [TestCase(22, ExpectedResult = "Requested metrics count: 22 bigger than allowed max: 20")]
    public string Twenty_metrics_can_be_asked_for_at_once(int count)
    {
        (string, string)[] query = [("metricnames", string.Join(',', Enumerable.Repeat("RequestsPerMinute", count)))];

        return count > 20 ? Refusal(query) : Answer(query)["value"]!.AsArray().Count == count ? "" : "too few";
    }

    [Test]
    public void A_definition_has_the_aggregations_that_can_be_computed()
    {
        var definition = MetricsDocument.Definition("/e", MetricCatalogue.OfEndpoint, MetricCatalogue.OfEndpoint.Metrics[0]);

        Assert.That(
            definition["supportedAggregationTypes"]!.ToJsonString(), Is.EqualTo("""["Total","Average","Minimum","Maximum","Count"]"""));
    }

    [Test]
    public void The_name_of_a_namespace_has_no_slashes_and_that_of_its_metrics_has_them()
    {
        var document = MetricsDocument.Namespace("/e", MetricCatalogue.OfEndpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)document["name"], Is.EqualTo("Microsoft.MachineLearningServices-workspaces-onlineEndpoints"));
            Assert.That((string?)document["id"], Is.EqualTo($"/e/providers/Microsoft.Insights/metricNamespaces/{document["name"]}"));
            Assert.That(
                (string?)document["properties"]!["metricNamespaceName"],
                Is.EqualTo("Microsoft.MachineLearningServices/workspaces/onlineEndpoints"));
        }
    }

    private static JsonObject Answer((string Name, string Value)[] query, params MetricSample[] samples)
    {
        var read = Read(query);
        return MetricsDocument.Of(
            "/e",
            "westeurope",
            MetricCatalogue.OfEndpoint,
            read,
            _ => samples.Where(sample => sample.Minute >= read.Start && sample.Minute < read.End));
    }

    private static string Refusal((string, string)[] query) => Assert.Throws<RefusedException>(() => Answer(query))!.Message;

    private static MetricQuery Read((string Name, string Value)[] query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = QueryString.Create(query.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)));
        return MetricQuery.Read(new ArmRequest(context), MetricCatalogue.OfEndpoint, Now);
    }

    private static MetricSample Requests(string minute, int count) =>
        new(Moment($"2026-11-28T{minute}:00Z"), count, Weight: null, new Dictionary<string, string>());

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
