using System.Numerics;

namespace Sluice.Emulator.Scoring;

/// <summary>
/// How long a model took for its last requests, by their size. Tells which requests are done sooner than they could be handed to another
/// thread and waited for. For several threads, without a lock: what is lost between two of them is one request's duration.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ScoringPace(TimeProvider time)
{
    /// <summary>So many times shorter than a request may take is what counts as quick, and never longer than <see cref="Longest"/>.</summary>
    private const int Margin = 20;

    /// <summary>The share of the slowest duration that each request takes off it: one that the machine was busy during is forgotten soon.</summary>
    private const int Decay = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    // By the number of bits in a request's size: ticks of the slowest request lately, plus 1; 0 when there was none.
    private readonly long[] _slowest = new long[33];

    /// <summary>A moment that <see cref="Note"/> measures from.</summary>
    internal long Begin() => time.GetTimestamp();

    /// <summary>Takes a duration in.</summary>
    /// <param name="bytes">The size of the request.</param>
    /// <param name="begin">When it was begun with.</param>
    internal void Note(int bytes, long begin)
    {
        ref var slowest = ref _slowest[SizeOf(bytes)];
        var before = Volatile.Read(ref slowest);
        Volatile.Write(ref slowest, Math.Max(time.GetElapsedTime(begin).Ticks + 1, before - (before / Decay)));
    }

    /// <summary>Whether requests of a size were all quick lately. One of a size that was never seen is not.</summary>
    /// <param name="bytes">The size of the request.</param>
    /// <param name="patience">How long it may take at most.</param>
    internal bool IsQuick(int bytes, TimeSpan patience) =>
        Volatile.Read(ref _slowest[SizeOf(bytes)]) is > 0 and var slowest && slowest <= Math.Min(Longest.Ticks, patience.Ticks / Margin);

    private static int SizeOf(int bytes) => 32 - BitOperations.LeadingZeroCount((uint)bytes);
}
