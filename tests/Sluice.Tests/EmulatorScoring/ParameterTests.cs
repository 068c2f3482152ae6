using static Sluice.Tests.EmulatorScoring.Requests;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class ParameterTests
{
    private const string Specs =
        """[{"name": "threshold", "type": "double", "default": 0.5, "shape": null}, {"name": "top", "dtype": "long", "default": 1}, """
        + """{"name": "names", "type": "string", "shape": [-1]}, {"name": "when", "type": "datetime"}]""";

    [TestCase("{}", 200)]
    [TestCase("null", 200)]
    [TestCase("[]", 200)]
    [TestCase("""{"threshold": 0.7}""", 200)]
    [TestCase("""{"threshold": 1, "top": 3, "names": ["a", "b"]}""", 200)]
    [TestCase("""{"unknown": "ignored"}""", 200)]
    [TestCase("""{"threshold": null}""", 200)]
    [TestCase("[1]", 500)]
    [TestCase("\"text\"", 500)]
    [TestCase("""{"threshold": "high"}""", 500)]
    [TestCase("""{"top": 1.5}""", 500)]
    [TestCase("""{"names": "a"}""", 500)]
    [TestCase("""{"names": [1]}""", 500)]
    [TestCase("""{"when": "soon"}""", 500)]
    public void Declared_parameters_are_checked(string parameters, int expected)
    {
        using var model = TestModel.Heart();
        model.MLmodel(TestModel.Columns(TestModel.HeartColumns), Specs);
        var container = model.Start();

        var (status, _) = container.Score(Body(parameters));

        Assert.That(status, Is.EqualTo(expected), container.Log);
    }

    [Test]
    public void A_parameter_that_cannot_be_converted_is_named_in_the_log()
    {
        using var model = TestModel.Heart();
        model.MLmodel(TestModel.Columns(TestModel.HeartColumns), Specs);
        var container = model.Start();

        container.Score(Body("""{"when": "soon"}"""));

        Assert.That(container.Log, Does.Contain("Failed to convert value soon to DataType.datetime for param 'when'"));
    }

    [TestCase("""{"anything": 1}""")]
    [TestCase("[1]")]
    public void Without_declared_parameters_everything_is_ignored(string parameters)
    {
        using var model = TestModel.Heart();
        var container = model.Start();

        var (status, _) = container.Score(Body(parameters));

        Assert.That(status, Is.EqualTo(200));
    }

    private static string Body(string parameters)
        => $"{Frame("""["age", "oldpeak", "thal"]""", """[[48, 0.25, "fixed"]]""")[..^1]}, \"params\": {parameters}}}";
}
