using System.Globalization;
using MathNet.Numerics.Distributions;
using Sluice.Rollouts.Analysis.Samples;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class DriftTests
{
    private static readonly double[] Uniform = [.. Enumerable.Repeat(0.1, 10)];
    private static readonly double[] Skewed = [0.05, 0.08, 0.1, 0.12, 0.15, 0.12, 0.1, 0.1, 0.1, 0.08];

    [Test]
    public void The_stability_indices_are_those_of_the_vectors()
    {
        foreach (var one in Vectors.Read("drift-and-agreement.json", "psi"))
        {
            Assert.That(Psi.Of(one.Numbers("expected"), one.Numbers("actual")), Is.EqualTo(one.Number("psi")).Within(1e-9));
        }
    }

    [Test]
    public void The_cuts_are_those_of_the_vectors()
    {
        var law = Vectors.Read("drift-and-agreement.json")["psiNull"]!;
        foreach (var (member, alpha) in new[] { ("chi2inv_95", 0.05), ("chi2inv_99", 0.01) })
        {
            foreach (var (bins, quantile) in law[member]!.AsObject())
            {
                // Two samples of two have a factor of one.
                var cut = Psi.Cut(2, 2, int.Parse(bins, CultureInfo.InvariantCulture), alpha);

                Assert.That(cut, Is.EqualTo(quantile!.GetValue<double>()).Within(1e-9), bins);
            }
        }
    }

    [TestCase(100, 0.25378)]
    [TestCase(200, 0.12689)]
    [TestCase(1000, 0.02538)]
    public void The_cut_falls_with_the_size_of_the_samples(int size, double cut) =>
        Assert.That(Psi.Cut(2 * size, size, 10, 0.05), Is.EqualTo(cut).Within(5e-6));

    [Test]
    public void An_empty_bin_does_not_make_the_index_infinite() =>
        Assert.That(Psi.Of([0.5, 0.5], [1, 0]), Is.EqualTo((0.5 * Math.Log(2)) + (0.4999 * Math.Log(0.5 / 1e-4))).Within(1e-12));

    [Test]
    public void Distributions_over_other_bins_are_refused()
    {
        Assert.That(() => Psi.Of([0.5, 0.5], [1]), Throws.ArgumentException);
        Assert.That(() => Psi.Of([0.5, 0.5], [1.5, -0.5]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => JensenShannon.Divergence([1], [0.5, 0.5]), Throws.ArgumentException);
    }

    [Test]
    public void The_divergence_of_Jensen_and_Shannon()
    {
        Assert.That(JensenShannon.Divergence(Uniform, Skewed), Is.EqualTo(0.008788171085316088).Within(1e-12));
        Assert.That(JensenShannon.Distance(Uniform, Skewed), Is.EqualTo(0.09374524566779954).Within(1e-12));
        Assert.That(JensenShannon.Divergence([1, 0], [0, 1]), Is.EqualTo(Math.Log(2)).Within(1e-12));
    }

    [Test]
    public void The_divergences_are_those_of_the_vectors()
    {
        foreach (var one in Vectors.Read("drift-and-agreement.json", "jensenShannon"))
        {
            var (p, q) = (one.Numbers("p"), one.Numbers("q"));

            Assert.That(JensenShannon.Divergence(p, q), Is.EqualTo(one.Number("divergenceNats")).Within(1e-9));
            Assert.That(JensenShannon.Distance(p, q), Is.EqualTo(one.Number("distanceNats")).Within(1e-9));
        }
    }

    [Test]
    public void Bins_hold_equal_shares_of_the_baseline()
    {
        double[] scores = [.. Enumerable.Range(1, 1000).Select(number => number / 1000.0)];

        var bins = ScoreBins.Of(scores);

        Assert.That(bins.SharesOf(scores), Is.EqualTo(Uniform).Within(1e-12));
        Assert.That(bins.SharesOf([-5, 5]), Is.EqualTo(new[] { 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5 }));
    }

    [Test]
    public void Scores_that_many_share_make_fewer_bins()
    {
        double[] scores = [.. Enumerable.Repeat(0.0, 70), .. Enumerable.Repeat(1.0, 30)];

        var bins = ScoreBins.Of(scores);

        Assert.That(bins.Count, Is.EqualTo(2));
        Assert.That(bins.SharesOf(scores), Is.EqualTo(new[] { 0.7, 0.3 }));
        Assert.That(ScoreBins.Of([3, 3, 3]).Count, Is.EqualTo(1));
        Assert.That(() => ScoreBins.Of([]), Throws.ArgumentException);
    }

    [Test]
    public void The_index_of_samples_without_drift_is_below_the_cut_as_often_as_promised()
    {
        const int runs = 2000;
        const int size = 500;
        double[] baseline = [.. Enumerable.Range(1, 2 * size).Select(number => (number - 0.5) / (2 * size))];
        var alarms = MonteCarlo.Count(runs, random =>
        {
            double[] first = [.. Enumerable.Range(0, 2 * size).Select(_ => random.NextDouble())];
            double[] second = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())];
            var bins = ScoreBins.Of(baseline);
            return Psi.Of(bins.SharesOf(first), bins.SharesOf(second)) > Psi.Cut(2 * size, size, 10, 0.05);
        });

        TestContext.Out.WriteLine($"{100.0 * alarms / runs:0.00} % of the indices are above the cut at 5 %.");
        Assert.That(alarms, Is.InRange(0.03 * runs, 0.08 * runs));
    }

    [Test]
    public void The_limits_of_Wilson_are_those_of_the_vectors()
    {
        foreach (var one in Vectors.Read("drift-and-agreement.json", "wilson95"))
        {
            var limits = Wilson.Of(one.Number("k"), one.Number("n"), 0.05);

            Assert.That(limits.Lower, Is.EqualTo(one.Number("lower")).Within(1e-9));
            Assert.That(limits.Upper, Is.EqualTo(one.Number("upper")).Within(1e-9));
        }
    }

    [Test]
    public void The_limits_of_Wilson_stay_within_0_and_1()
    {
        Assert.That(Wilson.Of(5, 100, 0.05).Lower, Is.EqualTo(0.021544).Within(1e-6));
        Assert.That(Wilson.Of(5, 100, 0.05).Upper, Is.EqualTo(0.111750).Within(1e-6));
        Assert.That(Wilson.Of(0, 10, 0.05).Lower, Is.Zero);
        Assert.That(Wilson.Of(10, 10, 0.05).Upper, Is.EqualTo(1));
        Assert.That(Wilson.Of(0, 0, 0.05).Upper, Is.EqualTo(1));
    }

    [Test]
    public void Tables_are_tested_as_in_the_vectors()
    {
        foreach (var one in Vectors.Read("drift-and-agreement.json", "chi2"))
        {
            var table = Table(one["table"]!.AsArray());
            var (statistic, pValue) = Contingency.ChiSquare(table[0, 0], table[0, 1], table[1, 0], table[1, 1]);

            Assert.That(statistic, Is.EqualTo(one.Number("statisticNoCorrection")).Within(1e-9));
            Assert.That(pValue, Is.EqualTo(one.Number("p")).Within(1e-9));
        }

        foreach (var one in Vectors.Read("drift-and-agreement.json", "mcnemar"))
        {
            var found = Contingency.McNemarPValue((int)one.Number("b"), (int)one.Number("c"));

            Assert.That(found, Is.EqualTo(one.Number("exactP")).Within(1e-9));
        }

        foreach (var one in Vectors.Read("drift-and-agreement.json", "cohenKappa"))
        {
            Assert.That(Contingency.CohenKappa(Table(one["table"]!.AsArray())), Is.EqualTo(one.Number("kappa")).Within(1e-9));
        }
    }

    [Test]
    public void Tables_are_tested_as_in_text_books()
    {
        var (statistic, pValue) = Contingency.ChiSquare(90, 10, 80, 20);

        Assert.That((statistic, pValue), Is.EqualTo((3.921569, 0.047670)).Within(1e-6));
        Assert.That(pValue, Is.EqualTo(1 - ChiSquared.CDF(1, statistic)).Within(1e-12));
        Assert.That(Contingency.ChiSquare(5, 0, 7, 0), Is.EqualTo((0.0, 1.0)));
        Assert.That(Contingency.McNemarPValue(15, 5), Is.EqualTo(0.04138946533203125).Within(1e-12));
        Assert.That(Contingency.McNemarPValue(4, 4), Is.EqualTo(1));
        Assert.That(Contingency.McNemarPValue(0, 0), Is.EqualTo(1));
        Assert.That(Contingency.CohenKappa(new double[,] { { 45, 5 }, { 10, 40 } }), Is.EqualTo(0.7).Within(1e-12));
        Assert.That(Contingency.CohenKappa(new double[,] { { 5, 0 }, { 0, 0 } }), Is.NaN);
        Assert.That(() => Contingency.CohenKappa(new double[2, 3]), Throws.ArgumentException);
        Assert.That(() => Contingency.CohenKappa(new double[2, 2]), Throws.ArgumentException);
    }

    private static double[,] Table(System.Text.Json.Nodes.JsonArray rows)
    {
        var table = new double[rows.Count, rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < rows.Count; j++)
            {
                table[i, j] = rows[i]![j]!.GetValue<double>();
            }
        }

        return table;
    }
}
