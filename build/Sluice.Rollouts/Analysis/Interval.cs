namespace Sluice.Rollouts.Analysis;

/// <summary>A range that a quantity lies in, both ends included.</summary>
/// <param name="Lower">The lower limit; minus infinity where nothing is known.</param>
/// <param name="Upper">The upper limit, at least <paramref name="Lower"/>; infinity where nothing is known.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>What is known before anything was seen.</summary>
    public static Interval Everything { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>True for values between the limits, and for the limits.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}
