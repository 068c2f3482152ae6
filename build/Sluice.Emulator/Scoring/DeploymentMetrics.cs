namespace Sluice.Emulator.Scoring;

/// <summary>A deployment's requests and latencies, minute by minute, for the last hours. In memory; for several threads.</summary>
internal sealed class DeploymentMetrics
{
    /// <summary>Minutes that are kept.</summary>
    internal const int Kept = 180;

    private readonly MetricsMinute?[] _minutes = new MetricsMinute?[Kept];
    private readonly TimeProvider _time;

    /// <summary>Starts with nothing.</summary>
    internal DeploymentMetrics(TimeProvider time) => _time = time;

    /// <summary>The minute that is running.</summary>
    internal MetricsMinute Now
    {
        get
        {
            var minute = _time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
            ref var slot = ref _minutes[minute % Kept];
            var start = new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            while (true)
            {
                var found = Volatile.Read(ref slot);
                if (found is not null && found.Start >= start)
                {
                    return found;
                }

                Interlocked.CompareExchange(ref slot, new MetricsMinute(start), found);
            }
        }
    }

    /// <summary>The minutes of a span in which something happened, oldest first.</summary>
    /// <param name="from">The span's beginning; the minute that holds it counts.</param>
    /// <param name="to">The span's end, exclusive.</param>
    internal IReadOnlyList<MetricsMinute> Between(DateTimeOffset from, DateTimeOffset to)
    {
        var oldest = _time.GetUtcNow() - TimeSpan.FromMinutes(Kept);
        return [.. _minutes
            .OfType<MetricsMinute>()
            .Where(minute => minute.Start > oldest && minute.Start > from - TimeSpan.FromMinutes(1) && minute.Start < to)
            .OrderBy(minute => minute.Start)];
    }
}
