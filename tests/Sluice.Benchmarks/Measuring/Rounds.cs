using System.Globalization;

namespace Sluice.Benchmarks.Measuring;

/// <summary>
/// Several things measured in turn, round after round: a machine that slows down for a while slows them all down. Ratios are taken round by
/// round, and the median is quoted.
/// </summary>
internal static class Rounds
{
    /// <summary>Measures all of them once without counting, then in turn.</summary>
    /// <param name="count">The counted rounds, an odd number.</param>
    /// <param name="measures">Each gives one figure.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>For each of them its figures, round by round.</returns>
    public static async Task<double[][]> AlternateAsync(
        int count, IReadOnlyList<Func<CancellationToken, Task<double>>> measures, CancellationToken cancellationToken)
    {
        var figures = measures.Select(_ => new double[count]).ToArray();
        for (var round = -1; round < count; round++)
        {
            for (var each = 0; each < measures.Count; each++)
            {
                var figure = await measures[each](cancellationToken);
                if (round >= 0)
                {
                    figures[each][round] = figure;
                }
            }
        }

        return figures;
    }

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The median of milliseconds, for people.</summary>
    public static string MedianMilliseconds(IEnumerable<double> milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(milliseconds):#,0} ms");

    /// <summary>The median of the ratios, round by round.</summary>
    public static double Ratio(IReadOnlyList<double> ours, IReadOnlyList<double> reference) =>
        Median(ours.Zip(reference, (one, other) => one / other));
}
