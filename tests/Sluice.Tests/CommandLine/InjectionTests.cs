using Newtonsoft.Json.Linq;
using Sluice.CommandLine;
using Sluice.Emulator.Faults;

namespace Sluice.Tests.CommandLine;

/// <summary>What <c>--inject</c> takes, and the fault rules that it comes to.</summary>
[Category("Unit")]
internal sealed class InjectionTests
{
    private const string Example = "errors, slow, wrong, drift, fail-after, each with its value and commas between, for example errors=0.1,slow=3";
    private const string Time = "a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M";

    [TestCase("", Example)]
    [TestCase("errors", Example)]
    [TestCase("0.1", Example)]
    [TestCase("mistakes=0.1", Example)]
    [TestCase("errors=0.1,", Example)]
    [TestCase("errors=0.1;slow=3", "in errors a number above 0, at most 1")]
    [TestCase("errors=0", "in errors a number above 0, at most 1")]
    [TestCase("errors=1.1", "in errors a number above 0, at most 1")]
    [TestCase("errors=0,5", "in errors a number above 0, at most 1; " + Example)]
    [TestCase("errors=NaN", "in errors a number above 0, at most 1")]
    [TestCase("errors=10%", "in errors a number above 0, at most 1")]
    [TestCase("slow=1", "in slow a number above 1, at most 100")]
    [TestCase("slow=1e9", "in slow a number above 1, at most 100")]
    [TestCase("wrong=-0.1", "in wrong a number above 0, at most 1")]
    [TestCase("drift=0", "in drift a number from -1 to 1, not 0")]
    [TestCase("drift=-1.5", "in drift a number from -1 to 1, not 0")]
    [TestCase("errors=0.1,fail-after=15", "in fail-after " + Time)]
    [TestCase("errors=0.1,ERRORS=0.2", "ERRORS once")]
    public void A_bad_value_is_refused_with_what_is_allowed(string text, string allowed)
    {
        var injection = Injection.Read(text, out var refusal);

        Assert.That(injection, Is.Null);
        Assert.That(refusal, Is.EqualTo(allowed));
    }

    [Test]
    [SetCulture("de-DE")]
    public void Several_become_rules_of_the_local_Azure_ML_for_the_candidates_only()
    {
        var injection = Injection.Read("errors=0.1, slow=3,WRONG=0.3,drift=-0.2,fail-after=15m", out _)!;

        var rules = FaultReader.Read(injection.AddTo(faults: null, "green-*")).Rules;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules.Select(rule => rule.Effect), Is.EquivalentTo(new FaultEffect[]
            {
                new FailEffect(TimeSpan.FromMinutes(15)),
                new FailEffect(TimeSpan.Zero),
                new SlowEffect(3, SlowEffect.UsualLeast, TimeSpan.Zero),
                new WrongEffect(0.3, AfterTraffic: null),
                new DriftEffect(-0.2, AfterTraffic: null),
            }));
            Assert.That(rules.Single(rule => rule.Effect == new FailEffect(TimeSpan.Zero)).Pace.Probability, Is.EqualTo(0.1));
            Assert.That(rules.Single(rule => rule.Effect == new FailEffect(TimeSpan.FromMinutes(15))).Pace.Probability, Is.EqualTo(1));
            Assert.That(rules.Select(rule => rule.Match.FitsDeployment("green-2")), Is.All.True);
            Assert.That(rules.Select(rule => rule.Match.FitsDeployment("default")), Is.All.False);
        }
    }

    [Test]
    public void The_faults_that_are_configured_stay()
    {
        const string configured = """{ "clockSkew": "PT5S", "rules": [{ "reset": {} }] }""";

        var document = JObject.Parse(Injection.Read("drift=0.2", out _)!.AddTo(configured, "green-*"));

        Assert.That((string?)document["clockSkew"], Is.EqualTo("PT5S"));
        Assert.That(document["rules"]!.Select(rule => rule.Children<JProperty>().Last().Name), Is.EqualTo(new[] { "reset", "drift" }));
    }
}
