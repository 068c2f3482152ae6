using System.Globalization;

namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>One comparison of a measured value with a number.</summary>
/// <param name="Operator">One of <see cref="Operators"/>.</param>
/// <param name="Number">The number; finite.</param>
internal sealed record Comparison(string Operator, double Number)
{
    /// <summary>The operators; one that begins like another comes before it.</summary>
    public static IReadOnlyList<string> Operators { get; } = ["<=", ">=", "==", "!=", "<", ">"];

    /// <summary>Whether a value stands so to the number, exactly.</summary>
    public bool Holds(double value) => Operator switch
    {
        "<=" => value <= Number,
        ">=" => value >= Number,
        "<" => value < Number,
        ">" => value > Number,
        "!=" => value != Number,
        _ => value == Number,
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"result {Operator} {Number}");
}
