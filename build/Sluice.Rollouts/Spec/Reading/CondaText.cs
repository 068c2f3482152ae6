using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Writes a conda file again as YAML: keys sorted, one value a line. It is the form in which <c>az ml</c> sends conda files (PyYAML's
/// block style), so that the same file gives the same anonymous environment. Two things differ from it, and only in rare files: lines of
/// more than 80 characters are not folded, and numbers keep the spelling of the file.
/// </summary>
internal static partial class CondaText
{
    /// <summary>The text of a conda file.</summary>
    public static string Of(SpecMap conda)
    {
        var text = new StringBuilder();
        Write(text, conda, indent: 0, isBehindHyphen: false);
        return text.ToString();
    }

    private static void Write(StringBuilder text, SpecMap map, int indent, bool isBehindHyphen)
    {
        var isFirst = isBehindHyphen;
        foreach (var entry in map.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(' ', isFirst ? 0 : indent).Append(Scalar(entry.Key, isQuoted: false)).Append(':');
            isFirst = false;
            switch (entry.Value)
            {
                case SpecMap { Entries.Length: > 0 } child:
                    text.Append('\n');
                    Write(text, child, indent + 2, isBehindHyphen: false);
                    break;
                case SpecList { Items.Length: > 0 } list:
                    text.Append('\n');
                    Write(text, list, indent, isBehindHyphen: false);
                    break;
                default:
                    text.Append(' ').Append(Leaf(entry.Value)).Append('\n');
                    break;
            }
        }
    }

    private static void Write(StringBuilder text, SpecList list, int indent, bool isBehindHyphen)
    {
        var isFirst = isBehindHyphen;
        foreach (var item in list.Items)
        {
            text.Append(' ', isFirst ? 0 : indent).Append("- ");
            isFirst = false;
            switch (item)
            {
                case SpecMap { Entries.Length: > 0 } child:
                    Write(text, child, indent + 2, isBehindHyphen: true);
                    break;
                case SpecList { Items.Length: > 0 } child:
                    Write(text, child, indent + 2, isBehindHyphen: true);
                    break;
                default:
                    text.Append(Leaf(item)).Append('\n');
                    break;
            }
        }
    }

    private static string Leaf(SpecNode node) => node switch
    {
        SpecMap => "{}",
        SpecList => "[]",
        SpecScalar { IsNull: true } => "null",
        SpecScalar scalar => Scalar(scalar.Text, scalar.IsQuoted),
        _ => "",
    };

    private static string Scalar(string text, bool isQuoted)
    {
        if (text.Any(char.IsControl))
        {
            return $"\"{Escaped(text)}\"";
        }

        // A number, true or null that was not quoted is no text and must not become one.
        var isPlain = SafeAsPlain().IsMatch(text) && (!isQuoted || !(PlainScalar.IsNumberOrTruth(text) || IsNoText().IsMatch(text)));
        return isPlain ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                _ when char.IsControl(letter) => escaped.Append("\\x").Append(((int)letter).ToString("X2", CultureInfo.InvariantCulture)),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    /// <summary>No indicator at the start, no ": " and " #" within, no colon and no space at an end.</summary>
    [GeneratedRegex(
        @"\A(?![-?:](\s|\z)|[,\[\]{}#&*!|>'""%@`\s]|---|\.\.\.)((?!:(\s|\z)|\s#).)+(?<!\s)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeAsPlain();

    /// <summary>What PyYAML's resolver reads as neither a text nor a number nor truth: null, date, merge, value.</summary>
    [GeneratedRegex(@"\A(~|null|Null|NULL|=|<<|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?([Tt \t].*)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsNoText();
}
