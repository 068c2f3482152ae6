using System.Text.RegularExpressions;
using Sluice.Emulator;
using Sluice.Emulator.Scoring;
using Sluice.Tests.EmulatorScoring;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>Bodies that are posted to a model of the local Azure ML.</summary>
[Category("Fuzz")]
internal sealed partial class ScoringFuzzTests
{
    private const string Example = """{"columns": ["age", "oldpeak", "thal"], "index": [0], "data": [[48, 0.25, "normal"]]}""";

    /// <summary>Each failure is looked up in the log, which grows with the answers.</summary>
    private const int AnswersOfAContainer = 100;

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

    [TestCase("long", "[[1, 2], [3, 4]]", "[[9223372036854775807, 0]]")]
    [TestCase("double", "[[0.5, 1], [1e308, 2]]", "[]")]
    [TestCase("boolean", "[[true, 1]]", "[{\"seen\": false, \"count\": 1}]")]
    [TestCase("string", "[[\"a\", 1], [\"\", 2]]", "[[null, 1]]")]
    [TestCase("float", "[[0.5, 1], [-0.0, 2]]", "{\"seen\": [1], \"count\": [2]}")]
    public async Task Any_body_is_answered_by_a_model_with_a_column_of_any_type(string type, string first, string second)
    {
        using var model = TestModel.Echo(("seen", type), ("count", "long"));
        var frame = $$"""{"columns": ["seen", "count"], "data": {{first}}}""";
        var bodies = new[] { first, second, frame }.Select(input => $$"""{"input_data": {{input}}}""");

        await FuzzAsync($"scoring body, {type}", model, new DocumentFuzzer(new JsonSyntax(hasComments: false), bodies));
    }

    private static async Task FuzzAsync(string target, TestModel model, DocumentFuzzer fuzzer)
    {
        var container = ModelContainer.Start(model.Folder, Clocks.Both(TimeProvider.System));
        var answers = 0;
        await new FuzzRun<FuzzDocument>(target, random => new FuzzDocument(fuzzer.Next(random)), ReadAsync).RunAsync(leastRead: 0.5);
        await container.DisposeAsync();

        async Task<Reach> ReadAsync(FuzzDocument document)
        {
            if (++answers % AnswersOfAContainer == 0)
            {
                await container.DisposeAsync();
                container = ModelContainer.Start(model.Folder, Clocks.Both(TimeProvider.System));
            }

            return Read(container, document);
        }
    }

    /// <summary>
    /// A model that cannot use what it got answers with 500, as MLflow's does, and its log says in Python's words why. A name of this
    /// program's own there is a slip of the local Azure ML.
    /// </summary>
    private static Reach Read(ModelContainer container, FuzzDocument document)
    {
        using var answer = container.Send("POST", "score", document.Bytes);

        FindingException.ThrowUnless(answer.Status is 200 or 400 or 500, $"The status is {answer.Status}.");
        FindingException.ThrowUnless(answer.ContentType == "application/json", $"The answer's type is {answer.ContentType}.");
        _ = new JsonSyntax(hasComments: false).Read(answer.Status == 200 ? Finite(answer.Text()) : answer.Text());
        if (answer.Status == 500)
        {
            var reason = container.Log.Split('\n').Last(line => line.Contains(" E ", StringComparison.Ordinal));
            FindingException.ThrowUnless(!OwnException().IsMatch(reason), reason[reason.IndexOf(" E ", StringComparison.Ordinal)..]);
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
