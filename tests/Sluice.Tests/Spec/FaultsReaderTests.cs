using Sluice.Emulator.Faults;

namespace Sluice.Tests.Spec;

/// <summary>What is read of the faults in the configuration, and that the local Azure ML takes it.</summary>
[TestFixture]
[Category("Unit")]
public sealed class FaultsReaderTests
{
    private const string Everything = """
        {
          "clockSkew": "-90s",
          "budgets": { "reads": { "size": 20, "perSecond": 2.5 }, "deletes": {} },
          "rules": [
            { "surface": "ARM", "method": "put", "path": "*/deployments/*", "after": 1, "every": 2, "times": 3, "probability": 0.25,
              "answer": { "status": 429, "code": "Slow", "message": "Slower.", "retryAfter": "1m30s", "moment": "after" } },
            { "reset": { "moment": "after" } },
            { "delay": { "time": "250ms" } },
            { "truncate": { "share": 0.25 } },
            { "stale": {} },
            { "operation": { "end": "showsFailed", "delay": "2s", "code": "Broken", "message": "It broke." } },
            { "disk": { "state": "readOnly", "area": "blobs" } },
            { "deployment": "green-*", "probability": 0.5, "fail": { "afterTraffic": "15m" } },
            { "slow": { "factor": 3, "least": "20ms", "afterTraffic": "0s" } },
            { "slow": { "factor": 1.5 } },
            { "wrong": { "share": 0.3 } },
            { "drift": { "by": -0.2 } }
          ]
        }
        """;

    [Test]
    public void All_that_can_be_written_arrives_at_the_local_Azure_ML()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "{ \"folder\": \"state\" }", $$"""{ "faults": {{Everything}} }""");

        var settings = FaultReader.Read(folder.Read().Spec!.Emulator!.Faults!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.ClockSkew, Is.EqualTo(TimeSpan.FromSeconds(-90)));
            Assert.That(settings.Budgets, Is.EqualTo(BudgetLimits.Azure with { Reads = new BucketLimit(20, 2.5) }));
            Assert.That(settings.Rules[0].Pace, Is.EqualTo(new FaultPace(1, 2, 3, 0.25)));
            Assert.That(
                settings.Rules[0].Match.Fits(new FaultTarget(FaultSurface.Arm, "PUT", "/a/deployments/b", "")), Is.True);
            Assert.That(settings.Rules.Select(rule => rule.Effect), Is.EqualTo(new FaultEffect[]
            {
                new AnswerEffect(429, "Slow", "Slower.", TimeSpan.FromSeconds(90), FaultMoment.AfterEffect),
                new ResetEffect(FaultMoment.AfterEffect),
                new DelayEffect(TimeSpan.FromMilliseconds(250), FaultMoment.BeforeEffect),
                new TruncateEffect(0.25),
                new StaleEffect(),
                new OperationEffect(new(
                    Sluice.Emulator.Operations.OperationFaultKind.ShowsFailed, TimeSpan.FromSeconds(2), new("Broken", "It broke."))),
                new DiskEffect(DiskState.ReadOnly, DiskArea.Blobs),
                new FailEffect(TimeSpan.FromMinutes(15)),
                new SlowEffect(3, TimeSpan.FromMilliseconds(20), TimeSpan.Zero),
                new SlowEffect(1.5, SlowEffect.UsualLeast, AfterTraffic: null),
                new WrongEffect(0.3, AfterTraffic: null),
                new DriftEffect(-0.2, AfterTraffic: null),
            }));
            Assert.That(settings.Rules[7].Match.FitsDeployment("green-2"), Is.True);
            Assert.That(settings.Rules[7].Match.FitsDeployment("default"), Is.False);
        }
    }

    [Test]
    public void Without_faults_there_is_no_document()
    {
        using var folder = new SpecFolder();

        Assert.That(folder.Read().Spec!.Emulator!.Faults, Is.Null);
    }

    [TestCase("{ \"rules\": [{}] }",
        "local.json(8,39): The rule has no fault; allowed: one of answer, reset, delay, truncate, stale, operation, disk, "
        + "fail, slow, wrong, drift.")]
    [TestCase("{ \"rules\": [{ \"reset\": {}, \"stale\": {} }] }",
        "local.json(8,54): emulator.faults.rules[0].stale is written beside reset; allowed: one fault in a rule.")]
    [TestCase("{ \"rules\": [{ \"disk\": { \"state\": \"full\" }, \"path\": \"*\" }] }",
        "local.json(8,70): emulator.faults.rules[0].path is written beside disk; allowed: only with faults of requests.")]
    [TestCase("{ \"rules\": [{ \"fail\": {}, \"path\": \"*\" }] }",
        "local.json(8,53): emulator.faults.rules[0].path is written beside fail; allowed: only with faults of requests.")]
    [TestCase("{ \"rules\": [{ \"reset\": {}, \"deployment\": \"*\" }] }",
        "local.json(8,54): emulator.faults.rules[0].deployment is written beside reset; allowed: only with faults of models, fail, slow, "
        + "wrong, drift.")]
    [TestCase("{ \"rules\": [{ \"slow\": { \"factor\": 1 } }] }",
        "local.json(8,61): emulator.faults.rules[0].slow.factor is 1; allowed: a number above 1, at most 100.")]
    [TestCase("{ \"rules\": [{ \"reset\": {} }, { \"answer\": { \"status\": 200 } }] }",
        "local.json(8,80): emulator.faults.rules[1].answer.status is 200; allowed: a whole number from 400 to 599.")]
    [TestCase("{ \"rules\": [{ \"surface\": \"moon\", \"reset\": {} }] }",
        "local.json(8,52): emulator.faults.rules[0].surface is \"moon\"; allowed: arm, blob, scoring.")]
    [TestCase("{ \"rules\": [{ \"times\": 0, \"reset\": {} }] }",
        "local.json(8,50): emulator.faults.rules[0].times is 0; allowed: a whole number from 1 to 1000000.")]
    [TestCase("{ \"rules\": [{ \"time\": 1, \"reset\": {} }] }",
        "local.json(8,41): The key emulator.faults.rules[0].time is not known; did you mean emulator.faults.rules[0].times?")]
    [TestCase("{ \"rules\": [{ \"operation\": {} }] }",
        "local.json(8,54): emulator.faults.rules[0].operation.end is missing; allowed: hangs, fails, showsFailed, showsSucceeded.")]
    [TestCase("{ \"clockSkew\": \"2d\" }",
        "local.json(8,42): emulator.faults.clockSkew is \"2d\"; allowed: a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or "
        + "PT5M, with a minus sign or without one; at most 24h either way.")]
    public void A_mistake_is_told_with_file_line_and_what_is_allowed(string faults, string expected)
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "{ \"folder\": \"state\" }", $$"""{ "faults": {{faults}} }""");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { expected }));
        Assert.That(folder.Read().Spec, Is.Null);
    }
}
