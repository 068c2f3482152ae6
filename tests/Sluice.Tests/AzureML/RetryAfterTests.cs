using Sluice.AzureML.Waiting;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [TestCase("Retry-After", "7", 7)]
    [TestCase("retry-after-ms", "250", 0.25)]
    [TestCase("x-ms-retry-after-ms", "1500", 1.5)]
    [TestCase("Retry-After", "Fri, 02 Jan 2026 03:05:05 GMT", 60)]
    public void The_header_is_read_in_all_its_forms(string header, string value, double seconds)
    {
        Assert.That(RetryAfter.Of(new EmptyResponse(headers: (header, value)), Now), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase("soon")]
    [TestCase("-1")]
    [TestCase("Fri, 02 Jan 2026 03:04:04 GMT")]
    public void What_asks_for_no_wait_is_none(string value)
    {
        Assert.That(RetryAfter.Of(new EmptyResponse(headers: ("Retry-After", value)), Now), Is.Null);
    }

    [Test]
    public void No_answer_asks_for_no_wait()
    {
        Assert.That(RetryAfter.Of(null, Now), Is.Null);
    }
}
