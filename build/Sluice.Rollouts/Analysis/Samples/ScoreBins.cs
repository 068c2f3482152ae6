namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>
/// Bins of scores that hold about the same number of the baseline's, so that none is nearly empty. Scores that many requests share make
/// fewer bins of it.
/// </summary>
public sealed class ScoreBins
{
    private readonly double[] _edges;

    private ScoreBins(double[] edges) => _edges = edges;

    /// <summary>How many bins there are, 1 or more. The lowest and the highest have no outer edge.</summary>
    public int Count => _edges.Length + 1;

    /// <summary>Bins by the quantiles of the baseline's scores.</summary>
    /// <param name="sortedBaseline">The baseline's scores in ascending order, one or more.</param>
    /// <param name="wanted">How many bins are wanted, 2 or more; ten is usual.</param>
    /// <exception cref="ArgumentException">There is no score.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two bins are wanted.</exception>
    public static ScoreBins Of(ReadOnlySpan<double> sortedBaseline, int wanted = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 2);
        if (sortedBaseline.IsEmpty)
        {
            throw new ArgumentException("Bins need a score.", nameof(sortedBaseline));
        }

        var edges = new SortedSet<double>();
        for (var i = 1; i < wanted; i++)
        {
            var rank = (int)((long)sortedBaseline.Length * i / wanted);

            // A bin holds the scores above its lower edge and up to its upper one; an edge at the highest score would leave one empty.
            if (sortedBaseline[Math.Max(rank - 1, 0)] < sortedBaseline[^1])
            {
                edges.Add(sortedBaseline[Math.Max(rank - 1, 0)]);
            }
        }

        return new([.. edges]);
    }

    /// <summary>The share of each bin in some scores, in any order.</summary>
    /// <param name="scores">The scores, one or more.</param>
    /// <exception cref="ArgumentException">There is no score.</exception>
    public double[] SharesOf(ReadOnlySpan<double> scores)
    {
        if (scores.IsEmpty)
        {
            throw new ArgumentException("Shares need a score.", nameof(scores));
        }

        var shares = new double[Count];
        foreach (var score in scores)
        {
            var found = Array.BinarySearch(_edges, score);
            shares[found < 0 ? ~found : found] += 1;
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= scores.Length;
        }

        return shares;
    }
}
