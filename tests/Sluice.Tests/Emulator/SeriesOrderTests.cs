using Sluice.Emulator.Monitoring;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class SeriesOrderTests
{
    // blue: 1 and 9, green: 6, red: 2 and 3.
    [TestCase(null, ExpectedResult = "blue green red")]
    [TestCase("", ExpectedResult = "blue green red")]
    [TestCase("sum asc", ExpectedResult = "red green blue")]
    [TestCase("SUM DESC", ExpectedResult = "blue green red")]
    [TestCase("total", ExpectedResult = "red green blue")]
    [TestCase("avg desc", ExpectedResult = "green blue red")]
    [TestCase("Average asc", ExpectedResult = "red blue green")]
    [TestCase("max asc", ExpectedResult = "red green blue")]
    [TestCase("minimum desc", ExpectedResult = "green red blue")]
    [TestCase("count asc", ExpectedResult = "green blue red")]
    public string Series_are_sorted_by_an_aggregation_over_the_whole_span(string? order)
    {
        (string Name, double[] Values)[] series = [("blue", [1, 9]), ("green", [6]), ("red", [2, 3])];

        return string.Join(' ', SeriesOrder.Parse(order)
            .Sort(series, one => one.Values.Select((value, at) => new MetricSample(Sample.Now.AddMinutes(at), value, Weight: null, NoDimensions)))
            .Select(one => one.Name));
    }

    [TestCase("median asc")]
    [TestCase("sum up")]
    [TestCase("sum asc, max desc")]
    public void What_is_no_order_is_refused_with_what_is(string order)
    {
        var fault = Assert.Throws<RefusedException>(() => SeriesOrder.Parse(order))!;

        Assert.That((fault.Status, fault.Code), Is.EqualTo((400, "BadRequest")));
        Assert.That(fault.Message, Does.Contain($"orderby is '{order}'; expected is one of sum, avg, min, max, total"));
    }

    private static Dictionary<string, string> NoDimensions { get; } = [];
}
