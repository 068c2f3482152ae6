using NUnit.Framework.Constraints;

namespace Sluice.Tests.Analysis;

/// <summary>How close a number must come to one that was printed with ten digits.</summary>
internal static class Closeness
{
    /// <summary>One part in 10⁸, and near 0 a difference of 10⁻⁹.</summary>
    public static Constraint To(double expected) => Is.EqualTo(expected).Within(Math.Max(1e-9, 1e-8 * Math.Abs(expected)));
}
