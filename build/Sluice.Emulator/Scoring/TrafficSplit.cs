namespace Sluice.Emulator.Scoring;

/// <summary>Draws deployments by weight.</summary>
internal static class TrafficSplit
{
    /// <summary>Draws the deployment that answers a request.</summary>
    /// <param name="traffic">Deployment name to weight.</param>
    /// <param name="random">Where the luck comes from. One number is drawn, if any weight is positive.</param>
    /// <returns>Its name; null when no weight is positive.</returns>
    internal static string? Draw(IReadOnlyDictionary<string, int> traffic, SplitRandom random)
    {
        var total = 0;
        foreach (var (_, weight) in traffic)
        {
            total += Math.Max(weight, 0);
        }

        if (total == 0)
        {
            return null;
        }

        var drawn = random.Below(total);
        foreach (var (name, weight) in traffic)
        {
            drawn -= Math.Max(weight, 0);
            if (drawn < 0)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Whether a request is copied to a mirror.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <param name="random">Where the luck comes from. One number is drawn.</param>
    internal static bool IsMirrored(int percent, SplitRandom random) => random.Below(100) < percent;
}
