namespace Sluice.Emulator.Faults;

/// <summary>The size of a token bucket, and how fast it fills again.</summary>
/// <param name="Size">The most requests at once, at least 1.</param>
/// <param name="PerSecond">The requests that come back each second, above 0.</param>
internal sealed record BucketLimit(int Size, double PerSecond);
