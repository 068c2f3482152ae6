using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class ErrorRateGateTests
{
    [TestCase(0, 0, VerdictKind.NoData, "0 of 0 probes failed, at most 10 % may; 20 are needed")]
    [TestCase(19, 0, VerdictKind.NoData, "0 of 19 probes failed, at most 10 % may; 20 are needed")]
    [TestCase(19, 2, VerdictKind.NoData, "2 of 19 probes failed, at most 10 % may; 20 are needed")]
    [TestCase(3, 3, VerdictKind.Fail, "3 of 3 probes failed, at most 10 % may; the first one: HTTP 500")]
    [TestCase(20, 2, VerdictKind.Pass, "2 of 20 probes failed, at most 10 % may")]
    [TestCase(20, 3, VerdictKind.Fail, "3 of 20 probes failed, at most 10 % may; the first one: HTTP 500")]
    [TestCase(30, 3, VerdictKind.Pass, "3 of 30 probes failed, at most 10 % may")]
    public void A_tally_is_judged_by_its_share_of_failures(int sent, int failed, VerdictKind kind, string sentence) =>
        Assert.That(
            ErrorRateGate.Judge(new GateSpec(10, TimeSpan.FromMinutes(1), 20, 0.1), new(sent, failed, failed > 0 ? "HTTP 500" : null)),
            Is.EqualTo(new Verdict(kind, sentence)));

    [Test]
    public void Where_no_failure_is_allowed_the_first_one_fails() =>
        Assert.That(
            ErrorRateGate.Judge(new GateSpec(10, TimeSpan.FromMinutes(1), 1_000, 0), new(1, 1, "HTTP 500")).Kind,
            Is.EqualTo(VerdictKind.Fail));

    [Test]
    public void Two_tallies_together_keep_the_first_failure() =>
        Assert.That(
            new ProbeTally(3, 1, "early") + new ProbeTally(4, 2, "late"),
            Is.EqualTo(new ProbeTally(7, 3, "early")));
}
