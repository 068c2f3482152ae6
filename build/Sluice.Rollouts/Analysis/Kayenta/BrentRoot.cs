namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>
/// Finds where a function crosses 0 (Brent 1973, Algorithms for Minimization without Derivatives, chapter 4: the method of R's
/// <c>uniroot</c>). The function may jump over 0: what is found then is the place of the jump.
/// </summary>
internal static class BrentRoot
{
    /// <summary>The rounding unit of a double, 2⁻⁵².</summary>
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Far more than halving alone would need; a bound for functions whose values are no numbers.</summary>
    private const int MostSteps = 1000;

    /// <summary>Finds the root.</summary>
    /// <param name="function">The function.</param>
    /// <param name="lower">One end; the function's values at the two ends must differ in sign.</param>
    /// <param name="upper">The other end.</param>
    /// <param name="tolerance">How far the root may be off, above 0.</param>
    public static double Find(Func<double, double> function, double lower, double upper, double tolerance)
    {
        // The best point so far, the one before it, and the one on the other side of the root.
        var (best, before, other) = (upper, lower, lower);
        var (atBest, atBefore, atOther) = (function(upper), function(lower), function(lower));
        var (step, stepBefore) = (best - before, best - before);
        for (var i = 0; i < MostSteps; i++)
        {
            if (Math.Sign(atBest) == Math.Sign(atOther))
            {
                (other, atOther) = (before, atBefore);
                step = stepBefore = best - before;
            }

            if (Math.Abs(atOther) < Math.Abs(atBest))
            {
                (before, best, other) = (best, other, best);
                (atBefore, atBest, atOther) = (atBest, atOther, atBest);
            }

            var near = (2 * Epsilon * Math.Abs(best)) + (tolerance / 2);
            var half = (other - best) / 2;
            if (Math.Abs(half) <= near || atBest == 0)
            {
                return best;
            }

            (stepBefore, step) = Math.Abs(stepBefore) >= near && Math.Abs(atBefore) > Math.Abs(atBest)
                && Interpolated(best, before, other, atBest, atBefore, atOther, half) is var tried
                && Math.Abs(tried) < Math.Min(1.5 * Math.Abs(half) - (near / 2), Math.Abs(stepBefore / 2))
                && Math.Sign(tried) == Math.Sign(half)
                    ? (step, tried)
                    : (half, half);
            (before, atBefore) = (best, atBest);
            best += Math.Abs(step) > near ? step : Math.CopySign(near, half);
            atBest = function(best);
        }

        return best;
    }

    /// <summary>The step to the root of the line through two points, or of the parabola that lies on its side through three.</summary>
    private static double Interpolated(
        double best, double before, double other, double atBest, double atBefore, double atOther, double half)
    {
        var s = atBest / atBefore;
        if (before == other)
        {
            return -2 * half * s / (1 - s);
        }

        var q = atBefore / atOther;
        var r = atBest / atOther;
        return -s * ((2 * half * q * (q - r)) - ((best - before) * (r - 1))) / ((q - 1) * (r - 1) * (s - 1));
    }
}
