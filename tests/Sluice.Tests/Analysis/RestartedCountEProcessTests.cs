using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[TestFixture]
[Category("Unit")]
internal sealed class RestartedCountEProcessTests
{
    private const double Alpha = 0.05;

    [Test]
    public void It_begins_with_no_evidence_and_never_lags_behind_the_evidence_from_the_start_by_more_than_its_cost()
    {
        var random = new Random(1);
        var (restarted, fromStart) = (new RestartedCountEProcess(), CountEProcess.ForFail());
        Assert.That(restarted.LogE, Is.Zero.Within(1e-12));

        for (var look = 0; look < 500; look++)
        {
            var (baseline, canary) = (random.Poisson(5), random.Poisson(look < 250 ? 0.5 : 2));
            restarted.Add(baseline, canary, 0.1);
            fromStart.Add(baseline, canary, 0.1);
            Assert.That(restarted.LogE, Is.GreaterThanOrEqualTo(fromStart.LogE - RestartedCountEProcess.Cost - 1e-9), $"look {look}");
        }
    }

    [Test]
    public void Looks_without_errors_or_with_requests_of_one_arm_leave_it_as_it_is()
    {
        var evidence = new RestartedCountEProcess();
        evidence.Add(3, 2, 0.1);
        var before = evidence.LogE;

        evidence.Add(0, 0, 0.1);
        evidence.Add(0, 7, 1);
        evidence.Add(7, 0, 0);

        Assert.That(evidence.LogE, Is.EqualTo(before));
    }

    /// <summary>At the edge of what is allowed, looked at 1,000 times.</summary>
    [Test]
    public void A_canary_at_the_edge_of_what_is_allowed_is_seldom_sent_back()
    {
        var alarms = MonteCarlo.Count(500, random =>
        {
            var evidence = new RestartedCountEProcess();
            for (var look = 0; look < 1000; look++)
            {
                evidence.Add(random.Poisson(4.5), random.Poisson(0.5 * 1.25), 0.1);
                if (evidence.LogE >= Evidence.Threshold(Alpha))
                {
                    return true;
                }
            }

            return false;
        });

        TestContext.Out.WriteLine($"{alarms} of 500 sent back");
        Assert.That(alarms, Is.AtMost(Alpha * 500));
    }

    /// <summary>1 % of 600 requests a minute fail, half of them on the canary; after six hours 5 % of the canary's do.</summary>
    [Test]
    public void A_canary_that_gets_worse_after_six_good_hours_is_found_within_minutes()
    {
        var delays = MonteCarlo.Run(100, random =>
        {
            var (restarted, fromStart) = (new RestartedCountEProcess(), CountEProcess.ForFail());
            for (var minute = 0; minute < 360; minute++)
            {
                Add(random.Poisson(3));
            }

            int? found = null;
            var minutes = 0;
            while (fromStart.LogE < Evidence.Threshold(Alpha))
            {
                Add(random.Poisson(15));
                minutes++;
                found ??= restarted.LogE >= Evidence.Threshold(Alpha) ? minutes : null;
            }

            return (Restarted: found!.Value, FromStart: minutes);

            void Add(int canary)
            {
                var baseline = random.Poisson(3);
                restarted.Add(baseline, canary, 0.5);
                fromStart.Add(baseline, canary, 0.5);
            }
        });

        var (restarted, fromStart) = (Median(delays.Select(delay => delay.Restarted)), Median(delays.Select(delay => delay.FromStart)));
        TestContext.Out.WriteLine($"found after {restarted} minutes, by the evidence from the start alone after {fromStart}");
        Assert.That(restarted, Is.LessThan(8));
        Assert.That(fromStart, Is.GreaterThan(5 * restarted));

        int Median(IEnumerable<int> values) => values.Order().ElementAt(delays.Length / 2);
    }
}
