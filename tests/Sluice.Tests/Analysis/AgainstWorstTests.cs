using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[TestFixture]
[Category("Unit")]
internal sealed class AgainstWorstTests
{
    private static readonly double Threshold = Evidence.Threshold(0.05);

    [Test]
    public void Where_there_is_nothing_before_nothing_is_said()
    {
        var worst = new AgainstWorst([], 1.25);
        worst.Add(1000);

        Assert.That((worst.Before, worst.Count, worst.Above, worst.LogE), Is.EqualTo((0, 0, 0, 0.0)));
    }

    /// <summary>However few values there are before: the highest of one is above half of the others only by chance.</summary>
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(60)]
    [TestCase(120)]
    public void Values_like_those_before_are_seldom_called_higher(int before)
    {
        var alarms = MonteCarlo.Count(1000, random =>
        {
            var worst = new AgainstWorst([.. Enumerable.Range(0, before).Select(_ => random.LogNormal(0, 1))], 1);
            for (var minute = 0; minute < 100; minute++)
            {
                worst.Add(random.LogNormal(0, 1));
                if (worst.LogE >= Threshold)
                {
                    return true;
                }
            }

            return false;
        });

        TestContext.Out.WriteLine($"{alarms} of 1000");
        Assert.That(alarms, Is.AtMost(50));
    }

    [TestCase(39, 0, "the worst one of 39")]
    [TestCase(120, 3, "all but 3 of 120")]
    public void A_few_of_the_worst_ones_before_are_left_out(int before, int leftOut, string reference)
    {
        var worst = new AgainstWorst([.. Enumerable.Repeat(0.01, before - 3), 1, 1, 1], 1.25);

        Assert.That((worst.LeftOut, worst.Reference), Is.EqualTo((leftOut, reference)));
        Assert.That((worst.Limit, worst.UsualLimit), Is.EqualTo((leftOut == 0 ? 1.25 : 0.0125, 0.0125)));
    }

    [Test]
    public void A_few_bad_minutes_are_not_enough_and_a_dozen_are()
    {
        var worst = new AgainstWorst([0.01, 0.02, 0.015, 0.01, 0.01, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01], 1.25);
        Add(5, 0.5);
        Assert.That((worst.LogE < Threshold, worst.Above), Is.EqualTo((true, 5)), "an incident that hits whatever serves");

        Add(7, 0.5);
        Assert.That((worst.LogE >= Threshold, worst.Limit), Is.EqualTo((true, 0.025)));

        void Add(int minutes, double rate)
        {
            for (var minute = 0; minute < minutes; minute++)
            {
                worst.Add(rate);
            }
        }
    }
}
