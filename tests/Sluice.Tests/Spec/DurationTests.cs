using FsCheck;
using FsCheck.Fluent;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>Times as people write them.</summary>
[TestFixture]
[Category("Unit")]
public sealed class DurationTests
{
    [TestCase("4s", 4)]
    [TestCase("90s", 90)]
    [TestCase("5m", 300)]
    [TestCase("1h30m", 5400)]
    [TestCase("2d", 172800)]
    [TestCase("1.5h", 5400)]
    [TestCase("250ms", 0.25)]
    [TestCase("0s", 0)]
    [TestCase("00:05:00", 300)]
    [TestCase("1.00:00:01", 86401)]
    [TestCase("PT5M", 300)]
    [TestCase("PT0.5S", 0.5)]
    [TestCase("P1DT1S", 86401)]
    [TestCase(" 4s ", 4)]
    public void A_time_with_its_unit_is_read(string text, double seconds)
    {
        Assert.That(Duration.TryParse(text, out var value), Is.True);
        Assert.That(value, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("4")]
    [TestCase("4 s")]
    [TestCase("4S")]
    [TestCase("-4s")]
    [TestCase("-00:00:04")]
    [TestCase("-PT4S")]
    [TestCase("m")]
    [TestCase("30m1h")]
    [TestCase("5:00")]
    [TestCase("P")]
    [TestCase("PT")]
    [TestCase("four seconds")]
    [TestCase("99999999999999999999d")]
    [TestCase("9999999999999999999999999999999999999s")]
    [TestCase("P99999999Y")]
    public void Anything_else_is_not(string text)
    {
        Assert.That(Duration.TryParse(text, out _), Is.False);
    }

    [Test]
    public void A_time_that_is_written_is_read_as_the_same_one()
    {
        var times = Gen.Choose(0, int.MaxValue).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)).ToArbitrary();

        Prop.ForAll(times, time => Duration.TryParse(Duration.Format(time), out var read) && read == time)
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Text_that_is_no_time_never_throws()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => !Duration.TryParse(text.Get, out var value) || value >= TimeSpan.Zero)
            .QuickCheckThrowOnFailure();
    }
}
