using MathNet.Numerics;

namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>Tests and measures of tables of counts, for one look at a fixed sample.</summary>
public static class Contingency
{
    /// <summary>
    /// Pearson's χ² of a table of two arms by two outcomes, without a correction for continuity; good from about five expected counts in
    /// each cell on. Source: Pearson 1900.
    /// </summary>
    /// <param name="firstYes">One arm's count of one outcome, 0 or more.</param>
    /// <param name="firstNo">Its count of the other outcome.</param>
    /// <param name="secondYes">The other arm's count of the one outcome.</param>
    /// <param name="secondNo">Its count of the other outcome.</param>
    /// <returns>The statistic, and the probability of at least as much without a difference; 0 and 1 when a row or column is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or not finite.</exception>
    public static (double Statistic, double PValue) ChiSquare(double firstYes, double firstNo, double secondYes, double secondNo)
    {
        Allowed.Amount(firstYes);
        Allowed.Amount(firstNo);
        Allowed.Amount(secondYes);
        Allowed.Amount(secondNo);
        var margins = (firstYes + firstNo) * (secondYes + secondNo) * (firstYes + secondYes) * (firstNo + secondNo);
        if (margins == 0)
        {
            return (0, 1);
        }

        var cross = (firstYes * secondNo) - (firstNo * secondYes);
        var statistic = (firstYes + firstNo + secondYes + secondNo) * cross * cross / margins;
        return (statistic, SpecialFunctions.Erfc(Math.Sqrt(statistic / 2)));
    }

    /// <summary>
    /// McNemar's exact test of pairs: the two-sided probability of as uneven a split of the pairs that differ. For many looks
    /// use <see cref="Sequential.CountEProcess.AddPairs"/>. Source: McNemar 1947.
    /// </summary>
    /// <param name="onlyFirst">Pairs in which only the first was positive, 0 or more.</param>
    /// <param name="onlySecond">Pairs in which only the second was positive, 0 or more.</param>
    /// <returns>The p-value; 1 when no pair differs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double McNemarPValue(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        var pairs = onlyFirst + onlySecond;
        var sum = 0.0;
        for (var i = 0; i <= Math.Min(onlyFirst, onlySecond); i++)
        {
            sum += Math.Exp(SpecialFunctions.BinomialLn(pairs, i) - (pairs * Math.Log(2)));
        }

        return Math.Min(1, 2 * sum);
    }

    /// <summary>
    /// How far two raters agree beyond chance, at most 1; 0 is what chance gives. Source: Cohen 1960, A coefficient of agreement for
    /// nominal scales.
    /// </summary>
    /// <param name="table">Counts: the first rater's category is the row, the second one's the column. Square, with a count above 0.</param>
    /// <returns>NaN when both raters always give the same one category, as chance explains everything then.</returns>
    /// <exception cref="ArgumentException">The table is not square, or empty.</exception>
    public static double CohenKappa(double[,] table)
    {
        var categories = table.GetLength(0);
        if (categories != table.GetLength(1))
        {
            throw new ArgumentException("The table must be square.", nameof(table));
        }

        var (rows, columns) = (new double[categories], new double[categories]);
        var (total, same) = (0.0, 0.0);
        for (var i = 0; i < categories; i++)
        {
            for (var j = 0; j < categories; j++)
            {
                Allowed.Amount(table[i, j], nameof(table));
                rows[i] += table[i, j];
                columns[j] += table[i, j];
                total += table[i, j];
                same += i == j ? table[i, j] : 0;
            }
        }

        if (total == 0)
        {
            throw new ArgumentException("The table has no counts.", nameof(table));
        }

        var chance = 0.0;
        for (var i = 0; i < categories; i++)
        {
            chance += rows[i] / total * (columns[i] / total);
        }

        return ((same / total) - chance) / (1 - chance);
    }
}
