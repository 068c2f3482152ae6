namespace Sluice.AzureML.Waiting;

/// <summary>
/// How long to wait before the next poll. It grows with the time waited so far; where it is known how long such an operation usually takes, few
/// polls are spent on the time before, and most of them on the time when the end is due.
/// </summary>
internal static class PollPause
{
    /// <summary>The shortest pause that is chosen here; a service that answers at once is asked again after it.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause after a wait of which nothing is known.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause in an operation that takes longer than usual.</summary>
    private static readonly TimeSpan LongestOfKnown = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The pause where nothing is known of how long it takes: an eighth of the time waited so far, so that what takes a second is noticed within
    /// an eighth of a second.
    /// </summary>
    /// <param name="elapsed">The time waited so far.</param>
    /// <param name="retryAfter">What the service asked for; it wins, however long. Null when it asked for nothing.</param>
    public static TimeSpan After(TimeSpan elapsed, TimeSpan? retryAfter) => Asked(retryAfter) ?? Clamp(elapsed / 8, Longest);

    /// <summary>
    /// The pause in an operation. One that ends about when it usually does is noticed within a fortieth of its time, whatever its time, after two
    /// dozen polls; one that ends earlier within a tenth of the usual time, and one that ends later within a thirtieth of its own.
    /// </summary>
    /// <param name="elapsed">The time since it began.</param>
    /// <param name="usual">The time that such an operation usually takes; above zero.</param>
    /// <param name="retryAfter">What the service asked for; it wins, however long. Null when it asked for nothing.</param>
    public static TimeSpan InOperation(TimeSpan elapsed, TimeSpan usual, TimeSpan? retryAfter)
    {
        var share = elapsed / usual;
        var pause = share switch
        {
            // Doubling, so that a service that is far faster than usual is noticed as well.
            < 0.1 => elapsed > usual / 150 ? elapsed : usual / 150,
            < 0.5 => usual / 10,
            < 0.9 => usual / 20,
            < 1.2 => usual / 40,
            _ => elapsed / 30,
        };
        return Asked(retryAfter) ?? Clamp(pause, LongestOfKnown);
    }

    private static TimeSpan? Asked(TimeSpan? retryAfter) => retryAfter > TimeSpan.Zero ? retryAfter : null;

    private static TimeSpan Clamp(TimeSpan pause, TimeSpan longest) => TimeSpan.FromTicks(Math.Clamp(pause.Ticks, Shortest.Ticks, longest.Ticks));
}
