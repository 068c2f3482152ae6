using Sluice.Rollouts.Spec;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Spec;

[TestFixture]
[Category("Unit")]
internal sealed class RehearsalSpecTests
{
    [TestCase(120, 60, null, ExpectedResult = 120, TestName = "Callers send what is usual, as fast as the clock goes")]
    [TestCase(600, 240, null, ExpectedResult = 500, TestName = "They send no more than one machine answers")]
    [TestCase(null, 60, null, ExpectedResult = 50, TestName = "Where nothing is known of them they send some")]
    [TestCase(120, 60, 7, ExpectedResult = 7, TestName = "A person's word counts more")]
    [TestCase(120, 60, 0, ExpectedResult = null, TestName = "They may send nothing")]
    public double? Callers_send(int? requestsPerMinute, int speed, int? asked) => new RehearsalSpec("/somewhere", Seed: 1, speed, asked)
        .Of(Specs.First.With(strategy => strategy with { Traffic = requestsPerMinute is { } rate ? new(rate, 0.01) : null }))
        .Load?.RequestsPerSecond;

    [TestCase(null, null, null)]
    [TestCase(true, null, null)]
    [TestCase(false, null, """{"rules":[{"deployment":"*","probability":0.02,"fail":{"afterTraffic":"PT0S"}}]}""")]
    [TestCase(false, """{"clockSkew":"PT5M","rules":[{"drift":{"by":0.1}}]}""",
        """{"clockSkew":"PT5M","rules":[{"drift":{"by":0.1}},{"deployment":"*","probability":0.02,"fail":{"afterTraffic":"PT0S"}}]}""")]
    [TestCase(true, """{"rules":[]}""", """{"rules":[]}""")]
    public void As_many_requests_fail_as_usual_where_somebody_has_said_how_many_that_are(bool? isAssumed, string? own, string? faults)
    {
        var spec = Specs.First.With(strategy => strategy with { Traffic = isAssumed is { } assumed ? new(120, 0.02) { IsErrorRateAssumed = assumed } : null });
        spec = spec with { Emulator = new("/own", LatencyProfile.Instant, TimeScale: 1, Port: 0, Seed: 1, own) };

        var rehearsed = new RehearsalSpec("/somewhere", Seed: 1, Speed: 60, RequestsPerSecond: null).Of(spec);

        Assert.That(rehearsed.Emulator!.Faults, Is.EqualTo(faults));
        Assert.That(
            new RehearsalRun(60, 1, null).Sentences(rehearsed),
            isAssumed == false
                ? Has.Some.EqualTo("Of the requests of each deployment with traffic 2 % fail, as rollout.traffic.errorRate says is usual.")
                : Has.None.Contains("errorRate"));
    }
}
