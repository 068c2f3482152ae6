using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Reporting;

[TestFixture]
[Category("Unit")]
internal sealed class ConfigurationFactsTests
{
    private const string Secret = "s3cret";

    [Test]
    public void Each_gate_and_step_is_a_plain_fact()
    {
        var facts = ConfigurationFacts.Of(ReportedRollouts.Gated).ToDictionary(fact => fact.Name, fact => fact.Text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts["Steps"], Is.EqualTo("10 % for 5m; 50 % for 5m"));
            Assert.That(facts["Candidate"], Is.EqualTo("heart/v2 (content digest-of-v2)"));
            Assert.That(facts["Probes"], Is.EqualTo("10 every 1m; 20 needed, 10 % may fail"));
            Assert.That(facts["Gate replay"], Is.EqualTo("errors in replayed rows, at most 1.25 times the stable deployment's; 10 requests a step"));
            Assert.That(facts["Gate drift"], Is.EqualTo("distance of the scores' distributions, at most 0.2; only watched"));
            Assert.That(facts["Gate latency"], Is.EqualTo("p95 of the latency in replayed rows, at most 1000 ms"));
        }
    }

    [Test]
    public void What_may_hold_a_secret_is_no_fact()
    {
        var spec = Specs.First with
        {
            Endpoint = Specs.First.Endpoint with { Tags = Specs.First.Endpoint.Tags.Add("token", Secret), Description = Secret },
            Green = Specs.First.Green with { EnvironmentVariables = Specs.First.Green.EnvironmentVariables.Add("PASSWORD", Secret) },
            Model = Specs.First.Model with { Candidate = Specs.V2 with { Path = $"/home/{Secret}/models/heart/v2" } },
        };
        spec = spec.With(strategy => strategy with
        {
            Gates = [new WebhookRule("judge", new Uri($"https://user:{Secret}@judge.example/{Secret}?key={Secret}")) { TokenVariable = "JUDGE" }],
        });

        var facts = ConfigurationFacts.Of(spec);

        Assert.That(facts.Select(fact => fact.Text), Has.None.Contain(Secret));
        Assert.That(facts.Single(fact => fact.Name == "Gate judge").Text, Is.EqualTo("the answer of judge.example"));
    }
}
