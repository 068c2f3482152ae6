using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class BernoulliConfidenceSequenceTests
{
    [Test]
    public void The_limits_are_those_of_the_vectors()
    {
        var cases = Vectors.Read("confseq-boundaries.json", "bernoulli_confidence_interval");

        Assert.That(cases, Has.Count.EqualTo(252));
        foreach (var one in cases)
        {
            var found = BernoulliConfidenceSequence.Of(
                one.Number("successes"), one.Number("trials"), one.Number("alpha"), one.Number("t_opt"));

            Assert.That(found.Lower, Closeness.To(one.Number("lower")), one.ToJsonString());
            Assert.That(found.Upper, Closeness.To(one.Number("upper")), one.ToJsonString());
        }
    }

    [TestCase(700, 1000, 100, 0.651629, 0.745949)]
    [TestCase(5, 50, 50, 0.013021, 0.269264)]
    public void The_limits_are_those_of_the_paper_s_code(double successes, double trials, double tuning, double lower, double upper)
    {
        var found = BernoulliConfidenceSequence.Of(successes, trials, 0.05, tuning);

        Assert.That(found.Lower, Is.EqualTo(lower).Within(1e-5));
        Assert.That(found.Upper, Is.EqualTo(upper).Within(1e-5));
    }

    [Test]
    public void Nothing_is_known_without_a_trial() =>
        Assert.That(BernoulliConfidenceSequence.Of(0, 0, 0.05, 100), Is.EqualTo(new Interval(0, 1)));

    [TestCase(0)]
    [TestCase(40)]
    public void A_side_that_nothing_rules_out_ends_at_the_end(double successes)
    {
        var found = BernoulliConfidenceSequence.Of(successes, 40, 0.05, 100);

        Assert.That(successes == 0 ? found.Lower : found.Upper, Is.EqualTo(successes / 40));
        Assert.That(found.Contains(successes / 40));
    }

    [Test]
    public void Successes_and_failures_mirror_each_other()
    {
        var successes = BernoulliConfidenceSequence.Of(7, 100, 0.05, 100);
        var failures = BernoulliConfidenceSequence.Of(93, 100, 0.05, 100);

        Assert.That(failures.Lower, Is.EqualTo(1 - successes.Upper).Within(1e-12));
        Assert.That(failures.Upper, Is.EqualTo(1 - successes.Lower).Within(1e-12));
    }

    [TestCase(-1, 10, 0.05, 100)]
    [TestCase(11, 10, 0.05, 100)]
    [TestCase(1, double.NaN, 0.05, 100)]
    [TestCase(1, 10, 0, 100)]
    [TestCase(1, 10, 0.05, 0)]
    public void Numbers_that_are_no_counts_are_refused(double successes, double trials, double alpha, double tuning) => Assert.That(
        () => BernoulliConfidenceSequence.Of(successes, trials, alpha, tuning),
        Throws.InstanceOf<ArgumentOutOfRangeException>());
}
