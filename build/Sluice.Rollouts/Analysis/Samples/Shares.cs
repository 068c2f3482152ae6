namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>Two distributions over the same bins.</summary>
internal static class Shares
{
    /// <summary>Refuses what are no two such distributions. That they sum to 1 is left to the caller: theirs may be rounded.</summary>
    public static void RequireAlike(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"One distribution has {first.Length} bins, the other one {second.Length}.");
        }

        for (var i = 0; i < first.Length; i++)
        {
            Allowed.Within(first[i], 0, 1);
            Allowed.Within(second[i], 0, 1);
        }
    }
}
