namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>When evidence is enough, and how pieces of it are put together. Evidence is the natural logarithm of an e-value.</summary>
public static class Evidence
{
    /// <summary>
    /// The chance of the worse of two outcomes that are alike. What has noise beside that of sampling, as minutes have, counts for a Fail as such a
    /// chance at least, and for a Pass as one at most.
    /// </summary>
    internal const double EvenChance = 0.5;

    /// <summary>
    /// What the evidence must reach, <c>ln(m/α)</c>: by Ville's inequality a true null hypothesis gets there, ever, with a probability
    /// of at most α; by Bonferroni's, any of m does.
    /// </summary>
    /// <param name="alpha">The probability of a false alarm that is put up with, above 0 and below 1.</param>
    /// <param name="hypotheses">How many are tested and would each do for an alarm, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double Threshold(double alpha, int hypotheses = 1)
    {
        Allowed.Probability(alpha);
        ArgumentOutOfRangeException.ThrowIfLessThan(hypotheses, 1);
        return Math.Log(hypotheses / alpha);
    }

    /// <summary>
    /// The mean of e-values, which is one however they depend on each other (Vovk, Wang 2021, E-values: calibration, combination and
    /// applications). It tells whether anything is wrong, not what.
    /// </summary>
    /// <param name="logs">The logarithms of the e-values; minus infinity is allowed, and infinity.</param>
    /// <returns>The logarithm of the mean; 0 when there is none, which is no evidence.</returns>
    public static double Mean(params ReadOnlySpan<double> logs) => logs.IsEmpty ? 0 : Sum(logs) - Math.Log(logs.Length);

    /// <summary>The sum of e-values that have been weighted already.</summary>
    /// <param name="logs">The logarithms of the weighted e-values; minus infinity is allowed, and infinity.</param>
    /// <returns>The logarithm of the sum; minus infinity when there is none.</returns>
    public static double Sum(params ReadOnlySpan<double> logs)
    {
        var largest = double.NegativeInfinity;
        foreach (var log in logs)
        {
            largest = Math.Max(largest, log);
        }

        // Infinities would be subtracted from each other below.
        if (!double.IsFinite(largest))
        {
            return largest;
        }

        var total = 0.0;
        foreach (var log in logs)
        {
            total += Math.Exp(log - largest);
        }

        return largest + Math.Log(total);
    }

    /// <summary>
    /// The p-value that holds at every look, <c>min(1, 1/e)</c> of the largest evidence so far.
    /// </summary>
    /// <param name="largestLog">The largest logarithm that was reached.</param>
    public static double PValue(double largestLog) => Math.Min(1, Math.Exp(-largestLog));
}
