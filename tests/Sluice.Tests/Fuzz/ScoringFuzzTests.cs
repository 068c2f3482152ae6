using System.Text.RegularExpressions;
using Sluice.Emulator.Scoring;
using Sluice.Tests.EmulatorScoring;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>Bodies that are posted to a model of the local Azure ML.</summary>
[Category("Fuzz")]
internal sealed partial class ScoringFuzzTests
{
    private const string Example = """{"columns": ["age", "oldpeak", "thal"], "index": [0], "data": [[48, 0.25, "normal"]]}""";

    private static readonly string[] Bodies =
    [
        $$"""{"input_data": {{Example}}}""",
        """{"input_data": {"columns": ["age", "oldpeak", "thal"], "data": [[48, 0.25, "fixed"], [50, 1, "reversible"], [1, 1e3, ""]]}}""",
        """{"input_data": {"age": [48, 50], "oldpeak": [0.25, 1], "thal": ["normal", "fixed"]}}""",
        """{"input_data": [{"age": 48, "oldpeak": 0.25, "thal": "normal"}]}""",
        """{"input_data": {"columns": ["age", "oldpeak", "thal"], "data": []}, "params": {"limit": 3}}""",
        """{"input_data": [[48, 0.25, "normal"]], "params": null}""",
    ];

    [Test]
    public async Task Any_body_is_answered_as_the_inference_server_would()
    {
        using var model = TestModel.Heart();

        await FuzzAsync("scoring body, table", model, new DocumentFuzzer(new JsonSyntax(hasComments: false), Bodies));
    }

    [TestCase("long", "[1, 2, 3]", "[9223372036854775807]")]
    [TestCase("double", "[0.5, 1e308]", "[[0.5]]")]
    [TestCase("boolean", "[true, false]", "[]")]
    [TestCase("string", "[\"a\", \"\"]", "[null]")]
    [TestCase("float", "[0.5, -0.0]", "{\"seen\": [1]}")]
    public async Task Any_body_is_answered_by_a_model_of_one_column(string type, string first, string second)
    {
        using var model = TestModel.Echo(("seen", type));
        var bodies = new[] { first, second, $$"""{"seen": {{first}}}""" }.Select(input => $$"""{"input_data": {{input}}}""");

        await FuzzAsync($"scoring body, {type}", model, new DocumentFuzzer(new JsonSyntax(hasComments: false), bodies));
    }

    private static Task FuzzAsync(string target, TestModel model, DocumentFuzzer fuzzer)
    {
        var container = model.Start();
        return new FuzzRun<FuzzDocument>(
            target, random => new FuzzDocument(fuzzer.Next(random)), document => Read(container, document)).RunAsync(leastRead: 0.5);
    }

    /// <summary>
    /// A model that cannot use what it got answers with 500, as MLflow's does, and its log says in Python's words why. A name of this
    /// program's own there is a slip of the local Azure ML.
    /// </summary>
    private static Reach Read(ModelContainer container, FuzzDocument document)
    {
        using var answer = container.Send("POST", "score", document.Bytes);

        Assert.That(answer.Status, Is.AnyOf(200, 400, 500));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        _ = new JsonSyntax(hasComments: false).Read(answer.Status == 200 ? Finite(answer.Text()) : answer.Text());
        if (answer.Status == 500)
        {
            var reason = container.Log.Split('\n').Last(line => line.Contains(" E ", StringComparison.Ordinal));
            Assert.That(OwnException().IsMatch(reason), Is.False, reason);
        }

        return answer.Status switch { 200 => Reach.Accepted, 500 => Reach.Judged, _ => Reach.Unparsed };
    }

    /// <summary>Python writes numbers that JSON does not have.</summary>
    private static string Finite(string json) => NotFinite().Replace(json, "0");

    [GeneratedRegex(@"-?\b(NaN|Infinity)\b")]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"Encountered Exception: \w+Exception: ")]
    private static partial Regex OwnException();
}
