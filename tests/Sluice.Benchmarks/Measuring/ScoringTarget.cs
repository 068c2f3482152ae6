namespace Sluice.Benchmarks.Measuring;

/// <summary>Where requests are scored.</summary>
/// <param name="Address">The address, on loopback.</param>
/// <param name="Key">The key that goes with each request; null where none is wanted.</param>
internal sealed record ScoringTarget(Uri Address, string? Key)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{Address}";
}
