namespace Sluice.Emulator.Faults;

/// <summary>How often a rule happens among what it fits.</summary>
/// <param name="After">The first so many are spared.</param>
/// <param name="Every">Of the others each so-manyth: 1 for all of them, 2 for the first, the third and so on.</param>
/// <param name="Times">The most times that it happens; null without an end.</param>
/// <param name="Probability">With which of those that are left it happens, above 0, at most 1.</param>
internal sealed record FaultPace(int After, int Every, int? Times, double Probability)
{
    private const int Draws = 1 << 30;

    /// <summary>Whether it is time.</summary>
    /// <param name="met">How many fitted so far, this one included.</param>
    /// <param name="happened">How often it happened so far.</param>
    /// <param name="draw">Draws a whole number below its argument, each equally likely; asked only where chance decides.</param>
    public bool IsDue(long met, long happened, Func<int, int> draw) =>
        met > After
        && (met - After - 1) % Every == 0
        && (Times is null || happened < Times)
        && (Probability >= 1 || draw(Draws) < Probability * Draws);
}
