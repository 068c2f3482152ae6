namespace Sluice.IntegrationTests.Faults;

/// <summary>A clock that runs faster than the wall's, so that minutes of waiting pass in a moment and still pass in order.</summary>
/// <param name="factor">Seconds on this clock in one second on the wall; above 1.</param>
internal sealed class FastTime(int factor) : TimeProvider
{
    private readonly DateTimeOffset _startOfDay = System.GetUtcNow();
    private readonly long _start = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _startOfDay + TimeSpan.FromTicks(GetTimestamp());

    public override long GetTimestamp() => System.GetElapsedTime(_start).Ticks * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    /// <summary>Timers know whole milliseconds only; rounded down, a short pause would be none.</summary>
    private TimeSpan Faster(TimeSpan time) =>
        time > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / factor)) : time;
}
