using System.Text.RegularExpressions;

namespace Sluice.Output;

/// <summary>
/// Text from elsewhere in GitHub's Markdown, so that it shows as it is and is neither mark-up nor another cell
/// (GitHub Flavored Markdown, sections 4.5 "Fenced code blocks", 4.10 "Tables" and 6.1 "Backslash escapes").
/// </summary>
internal static partial class MarkdownText
{
    /// <summary>A text as nothing but text: on one line, and without a sign that Markdown or HTML would take for its own.</summary>
    public static string Plain(string text) =>
        MarkdownSigns().Replace(
            text.ReplaceLineEndings(" ").Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal), @"\$0");

    /// <summary>A table, and the empty line after it; nothing where there are no rows.</summary>
    /// <param name="heads">The columns' titles; one that ends in a colon is set to the right.</param>
    /// <param name="rows">The rows' cells.</param>
    public static IEnumerable<string> Table(IReadOnlyCollection<string> heads, IEnumerable<IEnumerable<string>> rows)
    {
        var lines = rows.Select(Row).ToList();
        return lines.Count == 0
            ? []
            :
            [
                Row(heads.Select(head => head.TrimEnd(':'))),
                $"|{string.Concat(heads.Select(head => head.EndsWith(':') ? "---:|" : "---|"))}",
                .. lines,
                "",
            ];
    }

    /// <summary>Lines as they are, each kept on one; the fence is longer than any row of its signs within.</summary>
    /// <param name="language">What they are, for colours.</param>
    /// <param name="lines">The lines.</param>
    public static IEnumerable<string> Block(string language, IEnumerable<string> lines)
    {
        string[] content = [.. lines.Select(line => line.ReplaceLineEndings(" "))];
        var longest = content.SelectMany(line => Ticks().Matches(line).Select(match => match.Length)).DefaultIfEmpty().Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        return [$"{fence}{language}", .. content, fence];
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Plain))} |";

    [GeneratedRegex(@"[\\`*_{}\[\]()#+!|~>$@]")]
    private static partial Regex MarkdownSigns();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();
}
