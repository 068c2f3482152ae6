using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class EvidenceTests
{
    [TestCase(0.05, 1, 2.995732)]
    [TestCase(0.01, 1, 4.605170)]
    [TestCase(0.05, 5, 4.605170)]
    public void Evidence_is_enough_at_the_logarithm_of_hypotheses_over_alpha(double alpha, int hypotheses, double threshold) =>
        Assert.That(Evidence.Threshold(alpha, hypotheses), Is.EqualTo(threshold).Within(1e-6));

    [TestCase(0.0, 1)]
    [TestCase(1.0, 1)]
    [TestCase(double.NaN, 1)]
    [TestCase(0.05, 0)]
    public void A_threshold_for_nothing_is_refused(double alpha, int hypotheses) =>
        Assert.That(() => Evidence.Threshold(alpha, hypotheses), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_mean_of_evidence_is_that_of_the_values_and_not_of_their_logarithms()
    {
        Assert.That(Evidence.Mean(Math.Log(2), Math.Log(6)), Is.EqualTo(Math.Log(4)).Within(1e-12));
        Assert.That(Evidence.Mean(double.NegativeInfinity, 0), Is.EqualTo(-Math.Log(2)).Within(1e-12));
        Assert.That(Evidence.Mean(1000, 1000), Is.EqualTo(1000).Within(1e-12));
    }

    [Test]
    public void The_mean_of_endless_evidence_is_endless()
    {
        Assert.That(Evidence.Mean(double.PositiveInfinity, double.NegativeInfinity), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Evidence.Mean(double.NegativeInfinity, double.NegativeInfinity), Is.EqualTo(double.NegativeInfinity));
    }

    [Test]
    public void The_mean_of_no_evidence_is_none() => Assert.That(Evidence.Mean(), Is.Zero);

    [Test]
    public void Evidence_of_less_than_one_has_a_p_value_of_one()
    {
        Assert.That(Evidence.PValue(-3), Is.EqualTo(1));
        Assert.That(Evidence.PValue(Math.Log(20)), Is.EqualTo(0.05).Within(1e-12));
    }
}
