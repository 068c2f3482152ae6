using System.Text.Json;
using Sluice.Emulator;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class HeartModelTests
{
    [TestCase("v1")]
    [TestCase("v2")]
    public async Task The_models_of_the_repository_score_the_sample_and_their_own_example(string version)
    {
        await using var container = Start(version);
        var sample = await File.ReadAllTextAsync(Repository.File("config/sample.json"));
        var example = await File.ReadAllTextAsync(Repository.File($"models/heart-classifier/{version}/input_example.json"));

        var answer = container.Score(sample);
        var own = container.Score($$"""{"input_data": {{example}}}""");

        Assert.That((answer.Status, own.Status), Is.EqualTo((200, 200)), container.Log);
        using var records = JsonDocument.Parse(answer.Body);
        var record = records.RootElement.EnumerateArray().Single();
        var probability = record.GetProperty("probability").GetDouble();
        Assert.That(record.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "target", "probability" }));
        Assert.That(probability, Is.InRange(0.0, 1.0));
        Assert.That(record.GetProperty("target").GetInt32(), Is.EqualTo(probability > 0.5 ? 1 : 0));
    }

    [TestCase("v1")]
    [TestCase("v2")]
    public async Task Row_by_row_and_all_at_once_give_the_same_records(string version)
    {
        await using var container = Start(version);
        using var requests = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.File("config/requests.json")));
        var columns = requests.RootElement.GetProperty("columns").GetRawText();
        var rows = requests.RootElement.GetProperty("data").EnumerateArray().Select(row => row.GetRawText()).ToList();

        var single = rows.Select(row => container.Score(Requests.Frame(columns, $"[{row}]")).Body[1..^1]).ToList();
        var together = container.Score(Requests.Frame(columns, $"[{string.Join(",", rows)}]"));

        Assert.That(together.Body, Is.EqualTo($"[{string.Join(", ", single)}]"));
        Assert.That(single, Has.Count.AtLeast(200));
    }

    private static ModelContainer Start(string version)
        => ModelContainer.Start(Repository.File($"models/heart-classifier/{version}"), Clocks.Both(TimeProvider.System));
}
