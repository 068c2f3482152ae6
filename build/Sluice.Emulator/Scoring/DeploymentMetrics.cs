namespace Sluice.Emulator.Scoring;

/// <summary>A deployment's requests and latencies, minute by minute, for the last day. In memory; for several threads.</summary>
internal sealed class DeploymentMetrics
{
    /// <summary>Minutes that are kept. Azure Monitor keeps 93 days.</summary>
    internal const int Kept = 24 * 60;

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

    /// <summary>The minutes in which something happened, oldest first.</summary>
    internal IReadOnlyList<MetricsMinute> All
    {
        get
        {
            var oldest = _time.GetUtcNow() - TimeSpan.FromMinutes(Kept);
            return [.. _minutes.OfType<MetricsMinute>().Where(minute => minute.Start > oldest).OrderBy(minute => minute.Start)];
        }
    }

    /// <summary>Those of a span.</summary>
    /// <param name="from">The span's beginning; the minute that holds it counts.</param>
    /// <param name="to">The span's end, exclusive.</param>
    internal IReadOnlyList<MetricsMinute> Between(DateTimeOffset from, DateTimeOffset to) =>
        [.. All.Where(minute => minute.Start > from - TimeSpan.FromMinutes(1) && minute.Start < to)];

    /// <summary>Takes over a minute of an earlier process. Before the first request.</summary>
    internal void Restore(MetricsMinute minute)
    {
        ref var slot = ref _minutes[minute.Start.UtcTicks / TimeSpan.TicksPerMinute % Kept];
        if (slot is null || slot.Start < minute.Start)
        {
            slot = minute;
        }
    }
}
