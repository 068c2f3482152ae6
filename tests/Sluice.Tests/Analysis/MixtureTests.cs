using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class MixtureTests
{
    [Test]
    public void The_normal_bounds_of_both_sides_are_those_of_the_vectors()
    {
        var cases = Vectors.Read("confseq-boundaries.json", "normal_mixture_bound_two_sided");

        Assert.That(cases, Has.Count.EqualTo(10));
        foreach (var one in cases)
        {
            Assert.That(
                NormalMixture.TwoSidedBound(one.Number("v"), one.Number("alpha"), one.Number("v_opt")),
                Closeness.To(one.Number("bound")),
                one.ToJsonString());
        }
    }

    [Test]
    public void The_normal_bound_of_one_side_is_the_lower_one()
    {
        Assert.That(NormalMixture.TwoSidedBound(100, 0.05, 100), Is.EqualTo(30.35209).Within(1e-5));
        Assert.That(NormalMixture.OneSidedBound(100, 0.05, 100), Is.EqualTo(27.66071).Within(1e-5));
    }

    [Test]
    public void The_beta_binomial_evidence_of_nothing_is_none() =>
        Assert.That(new BetaBinomialMixture(0.3, 0.7, 50).LogEvidence(0, 0), Is.Zero.Within(1e-12));

    [Test]
    public void The_beta_binomial_bound_is_where_the_evidence_is_enough()
    {
        var mixture = new BetaBinomialMixture(0.5, 2, 30);

        var bound = mixture.Bound(100, 0.01);

        Assert.That(bound, Is.Not.Null);
        Assert.That(mixture.LogEvidence(bound.Value, 100), Is.EqualTo(Evidence.Threshold(0.01)).Within(1e-9));
    }

    [Test]
    public void The_evidence_of_the_beta_binomial_mixture_is_a_martingale()
    {
        // Terms of 0.7 and −0.3 with the probabilities 0.3 and 0.7 have mean 0 and the largest variance that their range allows: then
        // the expected evidence is 1 after any number of terms.
        var mixture = new BetaBinomialMixture(0.3, 0.7, 5);
        const int terms = 12;
        var expected = 0.0;
        for (var high = 0; high <= terms; high++)
        {
            var probability = MathNet.Numerics.Distributions.Binomial.PMF(0.3, terms, high);
            expected += probability * Math.Exp(mixture.LogEvidence((high * 0.7) - ((terms - high) * 0.3), terms * 0.21));
        }

        Assert.That(expected, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void The_mixture_sprt_is_that_of_the_vectors()
    {
        foreach (var one in Vectors.Read("eprocess.json", "mSPRT"))
        {
            Assert.That(
                MixtureSprt.LogEvidence(
                    one.Number("meanB") - one.Number("meanA"), one.Number("nPerArm"), one.Number("V"), one.Number("tau2")),
                Is.EqualTo(one.Number("logLambda")).Within(1e-9));
        }
    }

    [Test]
    public void The_mixture_sprt_finds_one_percent_against_two() =>
        Assert.That(MixtureSprt.LogEvidence(0.01, 5000, 0.0295, 1e-4), Is.EqualTo(6.558661).Within(1e-6));

    [Test]
    public void The_asymptotic_limits_are_those_of_the_paper_s_formula() =>
        Assert.That(AsymptoticConfidenceSequence.HalfWidth(0.01, 10_000, 0.05, 5000), Is.EqualTo(0.03061477).Within(1e-8));
}
