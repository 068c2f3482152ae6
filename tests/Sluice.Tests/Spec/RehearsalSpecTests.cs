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
}
