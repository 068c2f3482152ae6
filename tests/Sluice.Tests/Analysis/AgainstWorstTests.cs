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
