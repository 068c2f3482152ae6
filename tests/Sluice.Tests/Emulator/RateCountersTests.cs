using Sluice.Emulator.Arm;
using Sluice.Tests.EmulatorScoring;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class RateCountersTests
{
    [Test]
    public void Each_kind_of_request_has_a_counter_that_falls_and_is_full_again_when_its_span_has_passed()
    {
        var time = new ManualTime();
        var counters = new RateCounters(time);

        var first = new[] { ("GET", false), ("PATCH", true), ("DELETE", true), ("PUT", true), ("PUT", true) }
            .Select(request => counters.Count(request.Item1, request.Item2)).ToList();
        time.Advance(TimeSpan.FromHours(1));
        var later = counters.Count("GET", isDeployment: true);

        const string prefix = "x-ms-ratelimit-remaining-subscription-";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(new[]
            {
                ($"{prefix}reads", 11999), ($"{prefix}writes", 1199), ($"{prefix}deletes", 14999),
                ($"{prefix}resource-requests", 24), ($"{prefix}resource-requests", 23),
            }));
            Assert.That(later, Is.EqualTo(($"{prefix}reads", 11999)));
        }
    }

    [Test]
    public void A_counter_stops_at_zero()
    {
        var counters = new RateCounters(new ManualTime());

        var left = new List<int>();
        for (var n = 0; n < 30; n++)
        {
            left.Add(counters.Count("PUT", isDeployment: true).Left);
        }

        Assert.That(left[^1], Is.Zero);
    }
}
