using System.Text.Json;
using Sluice.Emulator.Faults;
using static Sluice.Tests.EmulatorScoring.TestEndpoint;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>Rules that hit a deployment's model, at the front door. The test's script answers with its name and what it was sent.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class ContainerFaultTests
{
    private ManualTime _time = null!;
    private LiveFaults _faults = null!;
    private TestEndpoint _endpoint = null!;

    [SetUp]
    public void OpenTheEndpoint()
    {
        _time = new ManualTime();
        _faults = new LiveFaults(seed: 1, _time);
        _endpoint = new TestEndpoint(_time, faults: new ContainerFaults(_faults, _time));
        _endpoint.Deploy("default", traffic: 100);
        _endpoint.Deploy("green-2");
    }

    [TearDown]
    public async Task CloseTheEndpoint() => await _endpoint.DisposeAsync();

    [Test]
    public async Task A_failing_model_is_424_with_its_own_status_and_others_are_not_hit()
    {
        Put("""{ "deployment": "GREEN-*", "fail": {} }""");

        var (green, blue) = (await AskAsync("green-2"), await AskAsync("default"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(green.StatusCode, Is.EqualTo(424));
            Assert.That(green.Header("ms-azureml-model-error-statuscode"), Is.EqualTo("500"));
            Assert.That(green.Header("ms-azureml-model-error-reason"), Is.EqualTo("model_error"));
            Assert.That(green.Header("x-ms-run-function-failed"), Is.EqualTo("True"));
            Assert.That(blue.StatusCode, Is.EqualTo(200));
            Assert.That(_endpoint.Outcomes("green-2"), Is.EqualTo(new Dictionary<(int, int), int> { [(424, 500)] = 1 }));
            Assert.That(
                _faults.Current.Happenings.Select(happening => happening.Text),
                Is.EqualTo(new[] { "A request to green-2 failed in its model." }));
        }
    }

    [Test]
    public async Task Only_scoring_is_hit_and_what_the_model_would_refuse_is_refused_as_ever()
    {
        Put("""{ "fail": {} }""");

        var healthy = await _endpoint.SendAsync(Request(method: "GET", deployment: "green-2"), path: "");
        var refused = await _endpoint.SendAsync(Request("not JSON", deployment: "green-2"));

        Assert.That(healthy.StatusCode, Is.EqualTo(200));
        Assert.That(refused.Header("ms-azureml-model-error-statuscode"), Is.EqualTo("400"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_begins_with_the_first_traffic_spares_the_smoke_test_and_does_not_end_with_the_traffic(bool mirrored)
    {
        Put("""{ "deployment": "green-*", "fail": { "afterTraffic": "PT15M" } }""");
        var smoke = await AskAsync("green-2");
        _time.Advance(TimeSpan.FromHours(1));
        (mirrored ? _endpoint.MirrorTraffic : _endpoint.Traffic)["green-2"] = 5;

        var first = await AskAsync("green-2");
        _time.Advance(TimeSpan.FromMinutes(14));
        var before = await AskAsync("green-2");
        _time.Advance(TimeSpan.FromMinutes(1));
        var after = await AskAsync("green-2");
        (mirrored ? _endpoint.MirrorTraffic : _endpoint.Traffic)["green-2"] = 0;
        var withoutTraffic = await AskAsync("green-2");

        Assert.That(
            new[] { smoke, first, before, after, withoutTraffic }.Select(answer => answer.StatusCode),
            Is.EqualTo(new[] { 200, 200, 200, 424, 424 }));
    }

    [Test]
    public async Task A_slow_model_takes_its_factor_longer_than_the_least_time_and_counts_as_slow()
    {
        Put("""{ "deployment": "green-*", "slow": { "factor": 3, "least": "PT0.02S" } }""");
        var timers = _time.Timers;
        var asked = AskAsync("green-2");
        while (_time.Timers < timers + 2)
        {
            // The request's own limit is one; the pause is the other.
            await Task.Yield();
        }

        _time.Advance(TimeSpan.FromMilliseconds(39));
        var before = asked.IsCompleted;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var answer = await asked;

        Assert.That(before, Is.False);
        Assert.That(answer.StatusCode, Is.EqualTo(200));
        Assert.That(
            _endpoint.Metrics("green-2").Between(DateTimeOffset.MinValue.AddDays(1), DateTimeOffset.MaxValue).Single().Latency.Mean,
            Is.EqualTo(TimeSpan.FromMilliseconds(40)));
    }

    [Test]
    public async Task A_slow_model_that_is_over_its_limit_times_out()
    {
        _endpoint.Deploy("green-3", timeoutSeconds: 5);
        Put("""{ "slow": { "factor": 100, "least": "PT1S" } }""");
        var timers = _time.Timers;
        var asked = AskAsync("green-3");
        while (_time.Timers < timers + 2)
        {
            await Task.Yield();
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        var answer = await asked;
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(answer.StatusCode, Is.EqualTo(408));
    }

    [Test]
    public async Task A_wrong_row_is_wrong_whatever_stands_beside_it_and_each_time()
    {
        Put("""{ "wrong": { "share": 0.3 } }""");
        var rows = Enumerable.Range(0, 200).ToArray();

        var together = await ScoresAsync(rows);
        var again = await ScoresAsync([.. rows.Reverse()]);
        var alone = new List<double>();
        foreach (var row in rows.Take(20))
        {
            alone.Add((await ScoresAsync([row])).Single());
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Reverse(), Is.EqualTo(together));
            Assert.That(alone, Is.EqualTo(together.Take(20)));
            Assert.That(together.Distinct(), Is.EquivalentTo(new[] { 0.25, 0.75 }));

            // Five standard deviations of 200 rows at 0.3, with a seed that is fixed.
            Assert.That(together.Count(score => score > 0.5), Is.EqualTo(60).Within(32));
        }
    }

    [Test]
    public async Task Another_seed_has_other_rows_wrong()
    {
        Put("""{ "wrong": { "share": 0.5 } }""");
        var rows = Enumerable.Range(0, 64).ToArray();
        var first = await ScoresAsync(rows);

        var faults = new LiveFaults(seed: 2, _time);
        faults.Replace(_faults.Current.Settings);
        await using var other = new TestEndpoint(_time, faults: new ContainerFaults(faults, _time));
        other.Deploy("default", traffic: 100).Answers = Answer;

        Assert.That(await ScoresAsync(rows, other), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Rules_act_together_each_at_its_pace()
    {
        Put("""{ "every": 2, "drift": { "by": 0.125 } }""", """{ "wrong": { "share": 1 } }""");

        var scores = new[] { await ScoresAsync([1]), await ScoresAsync([2]), await ScoresAsync([3]) }.Select(answer => answer.Single());

        Assert.That(scores, Is.EqualTo(new[] { 0.875, 0.75, 0.875 }));
        Assert.That(_faults.Current.Rules.Select(rule => rule.Counts), Is.EqualTo(new[] { (3L, 2L), (3L, 3L) }));
    }

    [Test]
    public async Task An_answer_without_labels_and_scores_stays_to_the_byte()
    {
        Put("""{ "wrong": { "share": 1 } }""", """{ "drift": { "by": 0.5 } }""");

        var answer = await AskAsync("default", """{"a":  "b"}""");

        Assert.That(answer.Text(), Is.EqualTo("""["default", {"a":  "b"}]"""));
    }

    /// <summary>As many records as rows were sent, all alike.</summary>
    private static string Answer(string input) =>
        $"[{string.Join(", ", JsonDocument.Parse(input).RootElement.EnumerateArray().Select(_ => """{"target": 0, "probability": 0.25}"""))}]";

    private void Put(params string[] rules) => _faults.Replace(FaultReader.Read($$"""{ "rules": [{{string.Join(", ", rules)}}] }"""));

    private Task<Microsoft.AspNetCore.Http.HttpResponse> AskAsync(string deployment, string input = "1") =>
        _endpoint.SendAsync(Request(input, deployment: deployment));

    private async Task<double[]> ScoresAsync(int[] rows, TestEndpoint? endpoint = null)
    {
        if (endpoint is null)
        {
            endpoint = _endpoint;
            endpoint.Script("default").Answers = Answer;
        }

        var answer = await endpoint.SendAsync(Request($"[{string.Join(", ", rows.Select(row => $"[{row}]"))}]", deployment: "default"));
        return [.. JsonDocument.Parse(answer.Text()).RootElement.EnumerateArray().Select(row => row.GetProperty("probability").GetDouble())];
    }
}
