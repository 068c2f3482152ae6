using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Tests.Analysis.Kayenta;

[Category("Unit")]
internal sealed class BrentRootTests
{
    private static readonly TestCaseData<Func<double, double>, double, double, double>[] Functions =
    [
        new(x => x - 2, 0, 10, 2) { TestName = "A line" },
        new(x => (x * x) - 2, 0, 2, Math.Sqrt(2)) { TestName = "A parabola" },
        new(x => Math.Cos(x) - x, 0, 1, 0.7390851332151607) { TestName = "A cosine" },
        new(x => (x - 1) * (x - 1) * (x - 1), -4, 5, 1) { TestName = "A root where the slope is 0" },
        new(x => 1 - Math.Exp(5 * x), -10, 3, 0) { TestName = "A falling exponential" },
        new(x => x < 0.3 ? 5 : -1, -1, 1, 0.3) { TestName = "A jump" },
        new(x => x < 1e-3 ? 0.2 : -40, -1, 1, 1e-3) { TestName = "A jump to a far value" },
    ];

    [TestCaseSource(nameof(Functions))]
    public void The_root_is_found_as_closely_as_wanted(Func<double, double> function, double lower, double upper, double root)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(BrentRoot.Find(function, lower, upper, 1e-6), Is.EqualTo(root).Within(1e-6));
            Assert.That(BrentRoot.Find(function, upper, lower, 1e-6), Is.EqualTo(root).Within(1e-6));
        }
    }

    [Test]
    public void A_smooth_function_is_asked_less_often_than_halving_would()
    {
        var calls = 0;

        BrentRoot.Find(
            x =>
            {
                calls++;
                return Math.Cos(x) - x;
            },
            0,
            1,
            1e-12);

        Assert.That(calls, Is.LessThan(20));
    }
}
