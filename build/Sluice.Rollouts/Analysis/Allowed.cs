using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sluice.Rollouts.Analysis;

/// <summary>What an argument of a formula may be. Outside of it formulas give NaN, which compares as "no alarm".</summary>
internal static class Allowed
{
    /// <summary>A number between two, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not, or NaN.</exception>
    public static void Within(
        double value,
        double least,
        double most,
        [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        // NaN fails every comparison.
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"Allowed: {least} to {most}."));
        }
    }

    /// <summary>A finite number, 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Amount(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Within(value, 0, double.MaxValue, name);

    /// <summary>A finite number above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Within(value, double.Epsilon, double.MaxValue, name);

    /// <summary>A probability that is neither 0 nor 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Probability(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Within(value, double.Epsilon, Math.BitDecrement(1.0), name);
}
