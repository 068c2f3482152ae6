namespace Sluice.AzureML.Waiting;

/// <summary>
/// How long to wait before the next poll: an eighth of the time waited so far, so that an operation of a second is noticed
/// within an eighth of a second and one of five minutes costs about fifty polls.
/// </summary>
internal static class PollPause
{
    /// <summary>The shortest pause that is chosen here; a service that answers at once is asked again after it.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause that is chosen here.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const int Share = 8;

    /// <summary>The pause after a poll.</summary>
    /// <param name="elapsed">The time since the call began.</param>
    /// <param name="retryAfter">What the service asked for; it wins, however long. Null when it asked for nothing.</param>
    public static TimeSpan After(TimeSpan elapsed, TimeSpan? retryAfter) =>
        retryAfter is { } wanted && wanted > TimeSpan.Zero
            ? wanted
            : TimeSpan.FromTicks(Math.Clamp(elapsed.Ticks / Share, Shortest.Ticks, Longest.Ticks));
}
