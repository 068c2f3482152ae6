namespace Sluice.Sessions;

/// <summary>
/// A clock that runs faster than another one: it begins at the other one's time, an hour of it takes an hour divided by the speed, and so do
/// its timers.
/// </summary>
internal sealed class ScaledTime : TimeProvider
{
    private readonly TimeProvider _real;
    private readonly int _speed;
    private readonly DateTimeOffset _beginning;
    private readonly long _begin;

    /// <summary>Starts the clock.</summary>
    /// <param name="real">The other one.</param>
    /// <param name="speed">How many times as fast as the other one it runs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="speed"/> is below 1.</exception>
    public ScaledTime(TimeProvider real, int speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        _real = real;
        _speed = speed;
        _beginning = real.GetUtcNow();
        _begin = real.GetTimestamp();
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _real.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    /// <inheritdoc/>
    /// <remarks>Told by the timestamps, so that the two can't part: the other one's wall clock may be set while this one runs.</remarks>
    public override DateTimeOffset GetUtcNow() => _beginning + GetElapsedTime(_begin);

    /// <inheritdoc/>
    public override long GetTimestamp() => _begin + ((_real.GetTimestamp() - _begin) * _speed);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(_real.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    /// <summary>
    /// The same time by the other clock, in whole milliseconds and rounded up: timers know no others, and what was dropped would make a timer
    /// ring too soon, or a short pause none at all.
    /// </summary>
    private TimeSpan Real(TimeSpan time) => time <= TimeSpan.Zero
        ? time
        : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / _speed));

    private sealed class ScaledTimer(ITimer timer, ScaledTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
