namespace Sluice.Sessions;

/// <summary>
/// A clock that runs faster than another one: it begins at the other one's time, an hour of it takes an hour divided by the speed, and so do
/// its timers. While work is done that no clock makes any shorter, it runs as fast as the other one, so that a call of 30 ms takes 30 ms at
/// every speed, and a busy machine lets no time limit run out.
/// </summary>
internal sealed class ScaledTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _real;
    private readonly int _speed;
    private readonly DateTimeOffset _beginning;
    private readonly long _begin;

    // The last moment at which work began or ended, by both clocks, and the pieces of work since.
    private long _realThen;
    private long _then;
    private int _working;

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
        _begin = _then = _realThen = real.GetTimestamp();
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _real.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    /// <summary>How far the other clock has come since this one was started.</summary>
    public TimeSpan RealElapsed => _real.GetElapsedTime(_begin);

    private TimeSpan Elapsed => GetElapsedTime(_begin);

    /// <inheritdoc/>
    /// <remarks>Told by the timestamps, so that the two can't part: the other one's wall clock may be set while this one runs.</remarks>
    public override DateTimeOffset GetUtcNow() => _beginning + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return TimestampAt(_real.GetTimestamp());
        }
    }

    /// <summary>Begins work that takes as long as it takes. Several pieces may be in work at once.</summary>
    /// <returns>Disposed of when it is done; a second time does nothing.</returns>
    public IDisposable BeginWork()
    {
        Count(1);
        return new Work(this);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ScaledTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Count(int more)
    {
        lock (_lock)
        {
            var real = _real.GetTimestamp();
            (_then, _realThen) = (TimestampAt(real), real);
            _working += more;
        }
    }

    private long TimestampAt(long real) => _then + ((real - _realThen) * (_working > 0 ? 1 : _speed));

    /// <summary>
    /// The shortest that a time can take by the other clock, in whole milliseconds and rounded up: timers know no others, and what was dropped
    /// would make a short pause none at all.
    /// </summary>
    private TimeSpan Real(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / _speed));

    private sealed class Work(ScaledTime time) : IDisposable
    {
        private bool _isDone;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isDone, true))
            {
                time.Count(-1);
            }
        }
    }

    /// <summary>A timer of the other clock that looks, whenever it rings, whether it is time by this one, and otherwise waits on.</summary>
    private sealed class ScaledTimer : ITimer
    {
        private readonly Lock _lock = new();
        private readonly ScaledTime _time;
        private readonly ITimer _timer;
        private TimeSpan? _due;
        private TimeSpan _period;

        public ScaledTimer(ScaledTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _timer = time._real.CreateTimer(
                _ =>
                {
                    if (IsTime())
                    {
                        callback(state);
                    }
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _time.Elapsed + dueTime;
                _period = period;
                return Wait();
            }
        }

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();

        private bool IsTime()
        {
            lock (_lock)
            {
                if (_due is not { } due)
                {
                    return false;
                }

                var now = _time.Elapsed;
                var isTime = due <= now;
                if (isTime)
                {
                    _due = _period > TimeSpan.Zero ? now + _period : null;
                }

                Wait();
                return isTime;
            }
        }

        private bool Wait()
        {
            var left = _due - _time.Elapsed;
            return _timer.Change(
                left is null ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? _time.Real(left.Value) : TimeSpan.Zero,
                Timeout.InfiniteTimeSpan);
        }
    }
}
