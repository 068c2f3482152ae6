using System.Text;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.Emulator;

/// <summary>What is a row of an answer, what in it is a label or a score, and how they go wrong.</summary>
[Category("Unit")]
internal sealed class AnswerRowsTests
{
    [TestCase("""[{"target": 0, "probability": 0.25}, {"target": 1, "probability": 0.75}]""",
        """[{"target": 1, "probability": 0.75}, {"target": 0, "probability": 0.25}]""")]
    [TestCase("[0, 1, 2, -1, 7]", "[1, 0, 1, 1, 6]")]
    [TestCase("[0.25, 0.0, 1.0, 1e-3]", "[0.75, 1.0, 0.0, 0.999]")]
    [TestCase("[[0.25, 0.75], [0.5, 0.25, 0.25]]", "[[0.75, 0.25], [0.25, 0.25, 0.5]]")]
    [TestCase("[[0.25], [0.25, 0.25]]", "[[0.75], [0.75, 0.75]]")]
    [TestCase("""{"target": [0, 1], "probability": [[0.25], [0.75]]}""", """{"target": [1, 0], "probability": [[0.75], [0.25]]}""")]
    [TestCase("""{"predictions": [{"label": 1, "score": 0.5}], "version": 3}""", """{"predictions": [{"label": 0, "score": 0.5}], "version": 3}""")]
    [TestCase("""{"label": true, "score": 0.75, "from": {"name": "a", "score": 0.5}}""",
        """{"label": false, "score": 0.25, "from": {"name": "a", "score": 0.5}}""")]
    [TestCase("0.25", "0.75")]
    [TestCase("""["sick", null, 37.5, -0.5, 123456789012345678901234567890]""", """["sick", null, 37.5, -0.5, 123456789012345678901234567890]""")]
    public void A_wrong_answer_has_another_label_and_a_mirrored_score_and_the_rest_as_it_was(string answer, string wrong) =>
        Assert.That(Changed(answer, AnswerValue.Wrong), Is.EqualTo(wrong));

    [TestCase("""[{"target": 0, "probability": 0.25}]""", 0.25, """[{"target": 0, "probability": 0.5}]""")]
    [TestCase("[0.75, 0.875, 0.25, 1, true]", 0.25, "[1.0, 1.0, 0.5, 1, true]")]
    [TestCase("[0.25, 0.125]", -0.25, "[0.0, 0.0]")]
    [TestCase("[0.0, 1.0]", 0.25, "[0.0, 1.0]")]
    [TestCase("[[0.5, 0.5], [0.25, 0.25, 0.5]]", 0.25, "[[0.25, 0.75], [0.125, 0.125, 0.75]]")]
    [TestCase("""{"target": [0], "probability": [0.5]}""", 0.25, """{"target": [0], "probability": [0.75]}""")]
    [TestCase("""[37.5, "0.5", -2.5]""", 0.25, """[37.5, "0.5", -2.5]""")]
    public void A_shifted_answer_has_its_labels_and_scores_within_0_and_1(string answer, double by, string shifted) =>
        Assert.That(Changed(answer, value => AnswerValue.Shifted(value, by)), Is.EqualTo(shifted));

    [TestCase("[NaN]")]
    [TestCase("Healthy")]
    [TestCase("")]
    [TestCase("null")]
    [TestCase("""[{"a": 1, "a": 2}]""")]
    [TestCase("""[{"\ud800": 1}]""")]
    [TestCase("""{"a": [1], "b": [1, 2]}""")]
    public void What_has_no_rows_that_could_be_told_apart_is_left_alone(string answer) =>
        Assert.That(AnswerRows.Read(Encoding.UTF8.GetBytes(answer)), Is.Null);

    [TestCase("""[{"\u00e9": "\ud83d\ude00 \" \\ / \n", "b": [1.50, 1E5, -0]}, {}, [], {"x": {"y": null}}]""")]
    [TestCase("[]")]
    [TestCase("\"0.5\"")]
    public void What_is_not_changed_is_written_as_it_was_read(string answer) =>
        Assert.That(Changed(answer, value => value), Is.EqualTo(answer));

    [TestCase("""{"input_data": {"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}}""", """[1,"x"]|[2,"y"]""")]
    [TestCase("""{"input_data": [[1,   2], [3, 4]], "params": {}}""", "[1,2]|[3,4]")]
    [TestCase("""{"input_data": {"a": [1, 2], "b": [[3], [4]]}}""", "1,[3]|2,[4]")]
    [TestCase("""{"instances": [{"a": 1}, {"a": 2}]}""", "{a:1}|{a:2}")]
    [TestCase("""{"text": "one row only"}""", """0  {"text": "one row only"}|1  {"text": "one row only"}""")]
    [TestCase("""[NaN, 1]""", "0  [NaN, 1]|1  [NaN, 1]")]
    public void A_requests_rows_are_found_where_there_are_as_many_as_in_its_answer(string body, string rows)
    {
        using var request = Asking(body);

        Assert.That(string.Join('|', RequestRows.Of(request, 2)), Is.EqualTo(rows));
    }

    /// <summary>A request with a body.</summary>
    internal static ContainerRequest Asking(string body)
    {
        var buffer = new PooledBuffer(16);
        System.Buffers.BuffersExtensions.Write(buffer, Encoding.UTF8.GetBytes(body));
        return new ContainerRequest("POST", "score", "", buffer);
    }

    private static string Changed(string answer, Func<System.Text.Json.Nodes.JsonNode?, System.Text.Json.Nodes.JsonNode?> change)
    {
        var rows = AnswerRows.Read(Encoding.UTF8.GetBytes(answer))!;
        for (var row = 0; row < rows.Count; row++)
        {
            rows.Change(row, change);
        }

        using var written = new PooledBuffer(16);
        rows.Write(written);
        return Encoding.UTF8.GetString(written.Span);
    }
}
