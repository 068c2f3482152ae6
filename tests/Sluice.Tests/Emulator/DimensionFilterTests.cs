using Sluice.Emulator.Monitoring;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class DimensionFilterTests
{
    private static readonly MetricDefinition Requests = MetricCatalogue.OfEndpoint.Find("requestsperminute");

    [TestCase("", ExpectedResult = "blue 200, blue 424, green 200, green 424")]
    [TestCase("deployment eq 'green'", ExpectedResult = "green 200, green 424")]
    [TestCase("Deployment EQ 'GREEN' AND statuscodeclass ne '2xx'", ExpectedResult = "green 424")]
    [TestCase("deployment eq '*' and statusCodeClass eq '4xx'", ExpectedResult = "blue 424, green 424")]
    [TestCase("(deployment eq 'blue' or deployment eq 'green') and statusCode eq '200'", ExpectedResult = "blue 200, green 200")]
    [TestCase("deployment sw 'gr' and modelStatusCode ne '500'", ExpectedResult = "green 200")]
    [TestCase("deployment ne 'blue' and deployment ne 'green'", ExpectedResult = "")]
    [TestCase("deployment eq 'it''s'", ExpectedResult = "")]
    public string Conditions_on_one_dimension_are_alternatives_and_dimensions_narrow(string filter)
    {
        var parsed = DimensionFilter.Parse(filter, Requests);

        return string.Join(", ", Samples().Where(parsed.Passes).Select(s => $"{s.Dimensions[Measures.Deployment]} {s.Dimensions[Measures.StatusCode]}"));
    }

    [Test]
    public void Each_dimension_that_is_named_splits_once_in_the_metrics_own_spelling()
    {
        var filter = DimensionFilter.Parse("STATUSCODECLASS eq '*' and deployment ne 'a' and deployment ne 'b'", Requests);

        Assert.That(filter.Dimensions, Is.EqualTo(new[] { "statusCodeClass", "deployment" }));
    }

    [TestCase("colour eq 'green'", "does not support requested dimension combination: colour")]
    [TestCase("deployment = 'green'", "cannot be read at 'deployment = 'green''")]
    [TestCase("deployment eq 'green' and", "cannot be read at")]
    [TestCase("deployment eq 'green' statusCode eq '200'", "cannot be read at")]
    [TestCase("deployment eq 'green' or statusCode eq '200'", "joins deployment and statusCode by 'or'")]
    [TestCase("(deployment eq 'green'", "opens a parenthesis that it does not close")]
    [TestCase("((deployment eq 'green' or deployment eq 'blue') and statusCode eq '200'", "opens a parenthesis that it does not close")]
    [TestCase("deployment eq 'green')", "closes a parenthesis that it has not opened")]
    [TestCase("deployment eq 'green') and (statusCode eq '200'", "closes a parenthesis that it has not opened")]
    public void What_cannot_be_read_is_refused_with_the_place(string filter, string says)
    {
        var fault = Assert.Throws<RefusedException>(() => DimensionFilter.Parse(filter, Requests));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault!.Status, Is.EqualTo(400));
            Assert.That(fault.Message, Does.Contain(says));
        }
    }

    [TestCase("colour eq 'red'", ExpectedResult = "blue 200, blue 424, green 200, green 424")]
    [TestCase("colour eq 'red' and deployment eq 'green' and statusCodeClass eq '*'", ExpectedResult = "green 200, green 424")]
    [TestCase("deployment eq 'green' and (colour eq 'red' or colour eq 'grey')", ExpectedResult = "green 200, green 424")]
    public string A_dimension_that_the_metric_does_not_have_is_left_out_where_that_is_asked_for(string filter)
    {
        var parsed = DimensionFilter.Parse(filter, Requests, hasKnownDimensions: false);

        Assert.That(parsed.Dimensions, Does.Not.Contain("colour"));
        return string.Join(", ", Samples().Where(parsed.Passes).Select(s => $"{s.Dimensions[Measures.Deployment]} {s.Dimensions[Measures.StatusCode]}"));
    }

    private static IEnumerable<MetricSample> Samples() =>
        from deployment in new[] { "blue", "green" }
        from outcome in new[] { (Status: 200, Model: 200), (Status: 424, Model: 500) }
        select new MetricSample(Sample.Now, 1, Weight: null, new Dictionary<string, string>
        {
            [Measures.Deployment] = deployment,
            [Measures.StatusCode] = $"{outcome.Status}",
            [Measures.StatusCodeClass] = $"{outcome.Status / 100}xx",
            [Measures.ModelStatusCode] = $"{outcome.Model}",
        });
}
