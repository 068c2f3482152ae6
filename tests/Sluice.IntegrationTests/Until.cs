namespace Sluice.IntegrationTests;

/// <summary>Waits for something that has to come true; what never does, fails the test instead of keeping the suite.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Far more than a busy machine needs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Asks until the answer is yes.</summary>
    /// <param name="condition">What is asked.</param>
    /// <param name="what">What was waited for, as it fits after "in vain for".</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(begin), Is.LessThan(Patience), $"waited in vain for {what}");
            await Task.Delay(Pause);
        }
    }
}
