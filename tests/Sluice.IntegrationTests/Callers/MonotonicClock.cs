using System.Diagnostics;

namespace Sluice.IntegrationTests.Callers;

/// <summary>The machine's clock that is never set back; processes in several languages read the same one.</summary>
internal static class MonotonicClock
{
    private const int NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Now, in nanoseconds of the clock.</summary>
    public static long Now => Nanoseconds(TimeProvider.System.GetTimestamp());

    /// <summary>A timestamp of <see cref="TimeProvider.System"/>, in nanoseconds of the clock.</summary>
    public static long Nanoseconds(long timestamp) => (long)((Int128)timestamp * NanosecondsPerSecond / Stopwatch.Frequency);
}
