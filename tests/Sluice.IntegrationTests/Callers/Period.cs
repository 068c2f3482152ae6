namespace Sluice.IntegrationTests.Callers;

/// <summary>A stretch of time, in nanoseconds of <see cref="MonotonicClock"/>; both ends are part of it.</summary>
internal readonly record struct Period(long From, long Until)
{
    /// <summary>Whether the two have a moment in common.</summary>
    public bool Overlaps(Period other) => From <= other.Until && other.From <= Until;
}
