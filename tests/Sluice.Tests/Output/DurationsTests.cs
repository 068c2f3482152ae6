using Sluice.Output;

namespace Sluice.Tests.Output;

[Category("Unit")]
public sealed class DurationsTests
{
    [TestCase(0.44, "0.4 s")]
    [TestCase(9.94, "9.9 s")]
    [TestCase(9.97, "10 s")]
    [TestCase(12.4, "12 s")]
    [TestCase(59.7, "1 min 00 s")]
    [TestCase(306, "5 min 06 s")]
    [TestCase(3599.8, "1 h 00 min")]
    [TestCase(7500, "2 h 05 min")]
    public void A_duration_is_read_at_a_glance(double seconds, string text) =>
        Assert.That(Durations.Text(TimeSpan.FromSeconds(seconds)), Is.EqualTo(text));

    [TestCase(812, "812 B")]
    [TestCase(999, "999 B")]
    [TestCase(18_240, "18.2 kB")]
    [TestCase(999_949, "999.9 kB")]
    [TestCase(999_950, "1.0 MB")]
    [TestCase(999_950_000, "1.0 GB")]
    [TestCase(2_100_000_000, "2.1 GB")]
    public void A_size_is_read_at_a_glance(long bytes, string text) => Assert.That(Sizes.Text(bytes), Is.EqualTo(text));
}
