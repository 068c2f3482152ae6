using System.Globalization;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A column of a model's signature.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">MLflow's word for what it holds, for example <c>long</c>; empty where the signature does not say.</param>
/// <param name="IsRequired">Whether every request must have it.</param>
internal sealed record SignatureColumn(string Name, string Type, bool IsRequired)
{
    /// <summary>What a value of it may be, in words for a message.</summary>
    public string Allowed => Type switch
    {
        "integer" or "long" => "a whole number",
        "float" or "double" => "a number",
        "datetime" => "a text with a date",
        _ => "any value",
    };

    /// <summary>
    /// Whether a value may be in it. Azure's scoring script casts each column to its type, as numpy does, before MLflow checks it: true is 1,
    /// "7" is 7, 1.5 is cut off to 1, and null is a NaN, which is no integer. So only what no cast saves is refused. What becomes of a number
    /// in a column of texts or of booleans, the model's saved example decides.
    /// </summary>
    /// <param name="value">The value, as JSON has it.</param>
    public bool Takes(SpecNode value) => (Type, value) switch
    {
        ("integer" or "long", SpecScalar { IsNull: true }) => !IsRequired,
        ("integer" or "long" or "float" or "double", SpecScalar { Types: ScalarTypes.Text, Text: var text }) => IsNumber(text),
        ("datetime", SpecScalar { Types: ScalarTypes.Boolean }) => false,
        ("integer" or "long" or "float" or "double" or "datetime", not SpecScalar) => false,
        _ => true,
    };

    /// <summary>Whether Python reads a text as a number.</summary>
    private static bool IsNumber(string text) =>
        double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || text.Trim().TrimStart('+', '-').Equals("inf", StringComparison.OrdinalIgnoreCase);
}
