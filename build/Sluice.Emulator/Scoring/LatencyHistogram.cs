using System.Numerics;

namespace Sluice.Emulator.Scoring;

/// <summary>
/// Counts durations in buckets whose width grows with the duration, so that a quantile is off by 3 % at most, from a microsecond to more
/// than an hour. For several threads, without a lock.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;
    private const int Octaves = 28;

    private readonly int[] _counts = new int[SubBuckets * (Octaves + 1)];
    private long _sum;
    private int _count;

    /// <summary>Starts with nothing.</summary>
    internal LatencyHistogram()
    {
    }

    /// <summary>Goes on from what was counted before.</summary>
    internal LatencyHistogram(LatencyCounts before)
    {
        (_count, _sum) = (before.Count, before.Sum);
        foreach (var (microseconds, count) in before.ByMicroseconds)
        {
            _counts[BucketOf(microseconds)] += count;
        }
    }

    /// <summary>Durations counted.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>The arithmetic mean; zero when nothing was counted.</summary>
    internal TimeSpan Mean => Count == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds((double)Interlocked.Read(ref _sum) / Count);

    /// <summary>What has been counted. What is added meanwhile may be in it in part; then <see cref="Count"/> is another one afterwards.</summary>
    internal LatencyCounts Counts
    {
        get
        {
            // First what is raised last: all that it counts is in the others.
            var count = Count;
            var sum = Interlocked.Read(ref _sum);
            return new LatencyCounts(
                count,
                sum,
                _counts.Select((found, bucket) => (Bucket: bucket, Count: found))
                    .Where(found => found.Count > 0)
                    .ToDictionary(found => (long)MiddleOf(found.Bucket), found => found.Count));
        }
    }

    /// <summary>Counts a duration.</summary>
    internal void Add(TimeSpan duration)
    {
        var microseconds = (long)duration.TotalMicroseconds;
        Interlocked.Increment(ref _counts[BucketOf(microseconds)]);
        Interlocked.Add(ref _sum, microseconds);
        Interlocked.Increment(ref _count);
    }

    /// <summary>The duration that a share of those counted does not exceed; zero when nothing was counted.</summary>
    /// <param name="share">0 to 1, for example 0.95.</param>
    internal TimeSpan Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var counts = Array.ConvertAll(_counts, count => (long)count);
        var left = Math.Max((long)Math.Ceiling(share * counts.Sum()), 1);
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            left -= counts[bucket];
            if (left <= 0)
            {
                return TimeSpan.FromMicroseconds(MiddleOf(bucket));
            }
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long microseconds)
    {
        if (microseconds < SubBuckets)
        {
            return (int)Math.Max(microseconds, 0);
        }

        var octave = BitOperations.Log2((ulong)microseconds) - SubBits;
        return octave >= Octaves
            ? SubBuckets * (Octaves + 1) - 1
            : SubBuckets * (octave + 1) + (int)((microseconds >> octave) - SubBuckets);
    }

    private static double MiddleOf(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        var octave = bucket / SubBuckets - 1;
        var width = (double)(1L << octave);
        return (bucket % SubBuckets + SubBuckets) * width + (width - 1) / 2;
    }
}
