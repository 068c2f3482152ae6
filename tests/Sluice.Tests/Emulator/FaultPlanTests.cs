using Sluice.Emulator.Faults;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class FaultPlanTests
{
    private const string Deployment = "/subscriptions/s/providers/x/onlineEndpoints/heart/deployments/green-2";

    [TestCase("""{ "reset": {} }""", true)]
    [TestCase("""{ "surface": "arm", "reset": {} }""", true)]
    [TestCase("""{ "surface": "blob", "reset": {} }""", false)]
    [TestCase("""{ "method": "put", "reset": {} }""", true)]
    [TestCase("""{ "method": "GET", "reset": {} }""", false)]
    [TestCase("""{ "path": "*/Deployments/green-*", "reset": {} }""", true)]
    [TestCase("""{ "path": "*/deployments", "reset": {} }""", false)]
    [TestCase("""{ "path": "/subscriptions/*", "reset": {} }""", true)]
    [TestCase("""{ "path": "deployments", "reset": {} }""", false)]
    [TestCase("""{ "path": "*green-.", "reset": {} }""", false)]
    [TestCase("""{ "path": "*green-2?api-version=*", "reset": {} }""", true)]
    [TestCase("""{ "path": "*green-2?api-version", "reset": {} }""", false)]
    [TestCase("""{ "disk": { "state": "full" } }""", false)]
    public void A_rule_fits_the_requests_that_it_describes(string rule, bool fits)
    {
        var plan = FaultRules.Plan(1, rule);

        var found = plan.Fitting(FaultRules.Request("PUT", Deployment, "?api-version=2024-04-01"));

        Assert.That(found, Has.Count.EqualTo(fits ? 1 : 0));
    }

    [TestCase("", "11111111")]
    [TestCase("\"after\": 3,", "00011111")]
    [TestCase("\"times\": 2,", "11000000")]
    [TestCase("\"every\": 3,", "10010010")]
    [TestCase("\"after\": 2, \"times\": 1,", "00100000")]
    [TestCase("\"after\": 1, \"every\": 2, \"times\": 3,", "01010100")]
    public void A_rule_happens_at_its_pace(string pace, string hits)
    {
        var plan = FaultRules.Plan(1, $$"""{ {{pace}} "reset": {} }""");

        Assert.That(FaultRules.Hits(plan, 8), Is.EqualTo(hits));
        Assert.That(plan.Rules[0].Counts, Is.EqualTo((8L, (long)hits.Count(hit => hit == '1'))));
    }

    [Test]
    public void The_same_seed_hits_the_same_requests_and_another_one_others()
    {
        const string rule = """{ "probability": 0.5, "reset": {} }""";

        var first = FaultRules.Hits(FaultRules.Plan(7, rule), 64);
        var again = FaultRules.Hits(FaultRules.Plan(7, rule), 64);
        var other = FaultRules.Hits(FaultRules.Plan(8, rule), 64);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
            Assert.That(first, Does.Contain('1').And.Contain('0'));
        }
    }

    [Test]
    public void What_a_rule_hits_does_not_depend_on_what_the_others_meet()
    {
        const string rule = """{ "probability": 0.5, "reset": {} }""";
        var alone = FaultRules.Plan(7, rule, rule);
        var beside = FaultRules.Plan(7, rule, rule);
        FaultRules.Hits(beside, 1000, rule: 1);

        Assert.That(FaultRules.Hits(beside, 64), Is.EqualTo(FaultRules.Hits(alone, 64)));
        Assert.That(FaultRules.Hits(alone, 64, rule: 1), Is.Not.EqualTo(FaultRules.Hits(FaultRules.Plan(7, rule), 64)));
    }

    [TestCase(0.01)]
    [TestCase(0.3)]
    [TestCase(0.99)]
    public void A_probability_is_met_in_the_long_run(double probability)
    {
        const int requests = 20_000;
        var plan = FaultRules.Plan(11, FormattableString.Invariant($$"""{ "probability": {{probability}}, "reset": {} }"""));

        var share = FaultRules.Hits(plan, requests).Count(hit => hit == '1') / (double)requests;

        // Five standard deviations, with a seed that is fixed.
        Assert.That(share, Is.EqualTo(probability).Within(5 * Math.Sqrt(probability * (1 - probability) / requests)));
    }

    [Test]
    public void What_happened_is_told_in_sentences_without_the_query()
    {
        var plan = FaultRules.Plan(
            1, """{ "after": 1, "answer": { "status": 503, "moment": "after" } }""", """{ "disk": { "state": "full", "area": "blobs" } }""");
        var request = FaultRules.Request("PUT", "/models/a", "?sig=secret", FaultSurface.Blob);
        plan.Rules[0].Happens($"{request}");
        plan.Rules[0].Happens($"{request}");
        var blobs = plan.OfWrite(DiskArea.Blobs);
        var state = plan.OfWrite(DiskArea.State);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((blobs, state), Is.EqualTo(((DiskState?)DiskState.Full, (DiskState?)null)));
            Assert.That(plan.Happenings.Select(happening => (happening.Rule, happening.Text)), Is.EqualTo(new[]
            {
                (0, "PUT /models/a was answered 503 after its effect."),
                (1, "A write of a blob's content failed for want of space."),
            }));
        }
    }
}
