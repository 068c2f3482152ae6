using System.Text.Json.Nodes;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class FaultReaderTests
{
    [TestCase("""{ "rulez": [] }""", "'rulez' is not known; known are clockSkew, budgets, rules")]
    [TestCase("""{ "rules": {} }""", "'rules' is {}; expected is a list")]
    [TestCase("""{ "rules": [3] }""", "'rules[0]' is 3; expected is an object")]
    [TestCase("""{ "rules": [{}] }""",
        "'rules[0]' has no fault; expected is one of answer, reset, delay, truncate, stale, operation, disk, fail, slow, wrong, drift")]
    [TestCase("""{ "rules": [{ "reset": {} }, { "reset": {}, "stale": {} }] }""",
        "'rules[1]' has reset and stale; expected is one of answer, reset, delay, truncate, stale, operation, disk, fail, slow, wrong, drift")]
    [TestCase("""{ "rules": [{ "reset": {} }, { "reset": {}, "surface": "moon" }] }""",
        "'rules[1].surface' is 'moon'; allowed are arm, blob, scoring")]
    [TestCase("""{ "rules": [{ "reset": {}, "method": "BREW" }] }""",
        "'rules[0].method' is 'BREW'; allowed are GET, HEAD, PUT, PATCH, POST, DELETE")]
    [TestCase("""{ "rules": [{ "reset": {}, "nth": 2 }] }""",
        "'rules[0].nth' is not known; known are surface, method, path, deployment, after, every, times, probability, answer, reset, delay, "
        + "truncate, stale, operation, disk, fail, slow, wrong, drift")]
    [TestCase("""{ "rules": [{ "reset": {}, "times": 0 }] }""", "'rules[0].times' is 0; expected is an integer from 1 to 1000000")]
    [TestCase("""{ "rules": [{ "reset": {}, "probability": 0 }] }""",
        "'rules[0].probability' is 0; expected is a number above 0, at most 1")]
    [TestCase("""{ "rules": [{ "reset": { "moment": "now" } }] }""", "'rules[0].reset.moment' is 'now'; allowed are before, after")]
    [TestCase("""{ "rules": [{ "answer": {} }] }""", "'rules[0].answer.status' is missing")]
    [TestCase("""{ "rules": [{ "answer": { "status": 200 } }] }""",
        "'rules[0].answer.status' is 200; expected is an integer from 400 to 599")]
    [TestCase("""{ "rules": [{ "answer": { "status": 429, "retryAfter": "2" } }] }""",
        "'rules[0].answer.retryAfter' is '2'; expected is a time such as 5s, 1m30s or PT5S, from PT0S to PT1H")]
    [TestCase("""{ "rules": [{ "delay": { "time": "PT2H" } }] }""",
        "'rules[0].delay.time' is 'PT2H'; expected is a time such as 5s, 1m30s or PT5S, from PT0S to PT1H")]
    [TestCase("""{ "rules": [{ "truncate": { "share": 1 } }] }""",
        "'rules[0].truncate.share' is 1; expected is a number from 0 to below 1")]
    [TestCase("""{ "rules": [{ "stale": { "by": 1 } }] }""", "'rules[0].stale.by' is not known; no member is")]
    [TestCase("""{ "rules": [{ "operation": { "end": "sometimes" } }] }""",
        "'rules[0].operation.end' is 'sometimes'; allowed are hangs, fails, showsFailed, showsSucceeded")]
    [TestCase("""{ "rules": [{ "disk": { "state": "full" }, "path": "*" }] }""",
        "'rules[0]' has disk beside surface, method or path; expected is disk alone, as it hits no request")]
    [TestCase("""{ "rules": [{ "fail": {}, "path": "*" }] }""",
        "'rules[0]' has fail beside surface, method or path; expected is deployment, as it hits a deployment's model")]
    [TestCase("""{ "rules": [{ "reset": {}, "deployment": "*" }] }""",
        "'rules[0]' has reset beside deployment; expected is one of fail, slow, wrong, drift, which hit a deployment's model")]
    [TestCase("""{ "rules": [{ "fail": { "afterTraffic": "soon" } }] }""",
        "'rules[0].fail.afterTraffic' is 'soon'; expected is a time such as 5s, 1m30s or PT5S, from PT0S to P30D")]
    [TestCase("""{ "rules": [{ "slow": {} }] }""", "'rules[0].slow.factor' is missing")]
    [TestCase("""{ "rules": [{ "slow": { "factor": 1 } }] }""", "'rules[0].slow.factor' is 1; expected is a number above 1, at most 100")]
    [TestCase("""{ "rules": [{ "slow": { "factor": 2, "least": "PT2M" } }] }""",
        "'rules[0].slow.least' is 'PT2M'; expected is a time such as 5s, 1m30s or PT5S, from PT0S to PT1M")]
    [TestCase("""{ "rules": [{ "wrong": { "share": 0 } }] }""", "'rules[0].wrong.share' is 0; expected is a number above 0, at most 1")]
    [TestCase("""{ "rules": [{ "drift": { "by": 2 } }] }""", "'rules[0].drift.by' is 2; expected is a number from -1 to 1")]
    [TestCase("""{ "rules": [{ "drift": {} }] }""", "'rules[0].drift.by' is missing")]
    [TestCase("""{ "clockSkew": "P2D" }""", "'clockSkew' is 'P2D'; expected is a time such as 5s, 1m30s or PT5S, from -P1D to P1D")]
    [TestCase("""{ "budgets": { "reads": { "size": 0 } } }""",
        "'budgets.reads.size' is 0; expected is an integer from 1 to 1000000")]
    public void A_mistake_is_told_with_its_place_what_was_found_and_what_is_allowed(string json, string message)
    {
        var refused = Assert.Throws<RefusedException>(() => FaultReader.Read(json));

        Assert.That(refused.Message, Does.Contain($"'{message}'"));
        Assert.That(refused.Status, Is.EqualTo(400));
    }

    [TestCase("2s", 2)]
    [TestCase("1m30s", 90)]
    [TestCase("00:05:00", 300)]
    [TestCase("500ms", 0.5)]
    [TestCase("1.5h", 5400)]
    [TestCase("-2m", -120)]
    [TestCase("-00:02:00", -120)]
    [TestCase("PT2S", 2)]
    [TestCase("-PT2M", -120)]
    public void A_time_is_written_as_in_the_configuration_or_as_ISO_8601_has_it(string text, double seconds)
    {
        var settings = FaultReader.Read($$"""{ "clockSkew": "{{text}}" }""");

        Assert.That(settings.ClockSkew, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public void The_documentations_example_is_read_as_it_stands()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "local-azure-ml.md"));
        var example = page[page.IndexOf("\"emulator\": {", StringComparison.Ordinal)..];
        var written = JsonNode.Parse($"{{{example[..example.IndexOf("```", StringComparison.Ordinal)]}}}")!["emulator"]!["faults"]!;

        var settings = FaultReader.Read(written.ToJsonString());

        Assert.That(settings.Rules, Has.Count.EqualTo(3));
        Assert.That(((AnswerEffect)settings.Rules[0].Effect).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void What_is_left_out_has_its_default()
    {
        var settings = FaultReader.Read("""
            { "budgets": { "writes": { "size": 5 } }, "rules": [{ "answer": { "status": 500 } }, { "operation": { "end": "hangs" } }] }
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.ClockSkew, Is.EqualTo(TimeSpan.Zero));
            Assert.That(settings.Budgets, Is.EqualTo(BudgetLimits.Azure with { Writes = new BucketLimit(5, 10) }));
            Assert.That(settings.Rules[0].Pace, Is.EqualTo(new FaultPace(0, 1, null, 1)));
            Assert.That(settings.Rules[0].Effect, Is.EqualTo(new AnswerEffect(500, null, null, null, FaultMoment.BeforeEffect)));
            Assert.That(((OperationEffect)settings.Rules[1].Effect).Fault.Delay, Is.EqualTo(TimeSpan.FromHours(1)));
        }
    }

    [TestCase(FaultSurface.Arm, 429, "TooManyRequests")]
    [TestCase(FaultSurface.Arm, 500, "InternalServerError")]
    [TestCase(FaultSurface.Blob, 500, "InternalError")]
    [TestCase(FaultSurface.Blob, 503, "ServerBusy")]
    [TestCase(FaultSurface.Arm, 409, "Conflict")]
    [TestCase(FaultSurface.Arm, 599, "Error")]
    public void An_error_without_a_code_has_the_usual_one(object surface, int status, string code)
    {
        var effect = (AnswerEffect)FaultReader.Read($$$"""{ "rules": [{ "answer": { "status": {{{status}}} } }] }""").Rules[0].Effect;

        Assert.That(effect.CodeOn((FaultSurface)surface), Is.EqualTo(code));
    }
}
