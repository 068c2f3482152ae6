using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// The text that <c>az ml</c> sends for a value of a map whose values it does not check: it reads the file with PyYAML, which takes YAML 1.1,
/// and sends Python's <c>str</c> of what it has read. So <c>true</c> and <c>yes</c> are sent as <c>True</c>, <c>1.10</c> as <c>1.1</c>, and
/// <c>0x10</c> as <c>16</c>; what is quoted stays as it is. (Azure/azure-sdk-for-python, <c>sdk/ml/azure-ai-ml</c>: <c>_utils/utils.py</c>,
/// <c>load_yaml</c>, and <c>_schema/_deployment/deployment.py</c>.) A date with a time of day keeps the spelling of the file.
/// </summary>
internal static partial class PlainScalar
{
    /// <summary>The text that is sent.</summary>
    public static string SentAs(SpecScalar scalar)
    {
        if (scalar.IsQuoted || scalar.Types != ScalarTypes.Any)
        {
            return scalar.Text;
        }

        var digits = scalar.Text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return Truth(scalar.Text) is { } truth ? truth ? "True" : "False"
            : Whole().IsMatch(scalar.Text) ? WholeOf(digits).ToString(CultureInfo.InvariantCulture)
            : Fraction().IsMatch(scalar.Text) ? Written(FractionOf(digits))
            : scalar.Text;
    }

    /// <summary>Whether a plain scalar is true or false; null when it is neither.</summary>
    public static bool? Truth(string text) => True().IsMatch(text) ? true : False().IsMatch(text) ? false : null;

    /// <summary>Whether a plain scalar is a number, true or false.</summary>
    public static bool IsNumberOrTruth(string text) => Truth(text) is not null || Whole().IsMatch(text) || Fraction().IsMatch(text);

    private static BigInteger WholeOf(string digits)
    {
        var isNegative = digits.StartsWith('-');
        var bare = digits.TrimStart('-', '+');
        var value = bare switch
        {
            ['0', 'b', .. var binary] => OfBase(2, binary),
            ['0', 'x', .. var hexadecimal] => OfBase(16, hexadecimal),
            ['0', .. var octal] => OfBase(8, octal),
            _ => bare.Split(':').Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + BigInteger.Parse(part, CultureInfo.InvariantCulture)),
        };
        return isNegative ? -value : value;
    }

    private static BigInteger OfBase(int numbers, string digits) =>
        digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * numbers) + Convert.ToInt32($"{digit}", 16));

    private static double FractionOf(string digits)
    {
        var sign = digits.StartsWith('-') ? -1 : 1;
        var bare = digits.TrimStart('-', '+');
        return sign * bare switch
        {
            ".inf" => double.PositiveInfinity,
            ".nan" => double.NaN,
            _ => bare.Split(':').Aggregate(0.0, (sum, part) => (sum * 60) + double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>As Python writes it: the fewest digits that say it, with an exponent from 1e16 up and below 1e-4, else with a fraction.</summary>
    private static string Written(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(number) is >= 1e16 and < 1e17)
        {
            // .NET writes an exponent from 1e17 on only.
            var digits = text.TrimStart('-').TrimEnd('0');
            return $"{(number < 0 ? "-" : "")}{digits[..1]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e+16";
        }

        return text.Contains('E', StringComparison.Ordinal) ? text.ToLowerInvariant()
            : text.Contains('.', StringComparison.Ordinal) ? text
            : $"{text}.0";
    }

    [GeneratedRegex(@"\A(yes|Yes|YES|true|True|TRUE|on|On|ON)\z", RegexOptions.CultureInvariant)]
    private static partial Regex True();

    [GeneratedRegex(@"\A(no|No|NO|false|False|FALSE|off|Off|OFF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex False();

    // These two and the two above are PyYAML's own (yaml/resolver.py).
    [GeneratedRegex(
        @"\A([-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"\A([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*"
        + @"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
