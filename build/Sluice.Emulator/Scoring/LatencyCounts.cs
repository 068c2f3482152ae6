namespace Sluice.Emulator.Scoring;

/// <summary>What a <see cref="LatencyHistogram"/> has counted, in a form that does not depend on its buckets.</summary>
/// <param name="Count">Durations counted.</param>
/// <param name="Sum">Their sum in microseconds.</param>
/// <param name="ByMicroseconds">How many there were of about each duration.</param>
internal sealed record LatencyCounts(int Count, long Sum, IReadOnlyDictionary<long, int> ByMicroseconds);
