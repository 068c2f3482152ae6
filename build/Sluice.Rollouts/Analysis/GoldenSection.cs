namespace Sluice.Rollouts.Analysis;

/// <summary>Finds the least value of a function that falls first and rises then.</summary>
internal static class GoldenSection
{
    private const int Steps = 100;

    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Where the function is least, to about half the digits of a number: nearer, its values are all alike.</summary>
    public static double Minimiser(double low, double high, Func<double, double> function)
    {
        var (left, right) = (high - (Ratio * (high - low)), low + (Ratio * (high - low)));
        var (atLeft, atRight) = (function(left), function(right));
        for (var step = 0; step < Steps; step++)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Ratio * (high - low));
                atLeft = function(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Ratio * (high - low));
                atRight = function(right);
            }
        }

        return low + ((high - low) / 2);
    }
}
