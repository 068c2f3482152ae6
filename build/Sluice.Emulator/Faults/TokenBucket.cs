namespace Sluice.Emulator.Faults;

/// <summary>A bucket of tokens that fills steadily and starts full: each request takes one.</summary>
internal sealed class TokenBucket
{
    // Who has waited as long as was said gets a token, whatever the sum of fractions comes to.
    private const double Rounding = 1e-9;
    private readonly Lock _taking = new();
    private readonly BucketLimit _limit;
    private readonly TimeProvider _time;
    private double _tokens;
    private long _filledAt;

    /// <summary>Makes a full bucket.</summary>
    public TokenBucket(BucketLimit limit, TimeProvider time)
    {
        _limit = limit;
        _time = time;
        _tokens = limit.Size;
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Takes a token.</summary>
    /// <param name="left">The whole tokens that are left.</param>
    /// <param name="wait">How long until there is one again; zero when one was taken.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out int left, out TimeSpan wait)
    {
        lock (_taking)
        {
            var now = _time.GetTimestamp();
            _tokens = Math.Min(_limit.Size, _tokens + (_time.GetElapsedTime(_filledAt, now).TotalSeconds * _limit.PerSecond));
            _filledAt = now;
            var taken = _tokens >= 1 - Rounding;
            wait = taken
                ? TimeSpan.Zero
                : TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) / _limit.PerSecond * TimeSpan.TicksPerSecond));
            _tokens -= taken ? 1 : 0;
            left = (int)(_tokens + Rounding);
            return taken;
        }
    }
}
