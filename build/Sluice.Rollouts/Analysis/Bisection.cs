namespace Sluice.Rollouts.Analysis;

/// <summary>Finds where a condition that changes once does so. Slower than other methods, and never astray.</summary>
internal static class Bisection
{
    private const int MostHalvings = 200;

    /// <summary>The last number, seen from <paramref name="start"/>, for which the condition holds.</summary>
    /// <param name="start">Where it holds; returned when it holds nowhere between the two.</param>
    /// <param name="end">Where it does not.</param>
    /// <param name="holds">The condition.</param>
    public static double Last(double start, double end, Func<double, bool> holds)
    {
        for (var i = 0; i < MostHalvings; i++)
        {
            var middle = start + ((end - start) / 2);
            if (middle == start || middle == end)
            {
                break;
            }

            (start, end) = holds(middle) ? (middle, end) : (start, middle);
        }

        return start;
    }
}
