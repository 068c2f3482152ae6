using System.Text;

namespace Sluice.Output;

/// <summary>
/// Text from elsewhere in GitHub's Markdown, so that it shows as it is: no mark-up, no other cell, no mention of a person
/// (GitHub Flavored Markdown, sections 2.4 "Backslash escapes", 4.5 "Fenced code blocks" and 4.10 "Tables").
/// </summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]()#+-.!|~$";

    /// <summary>The text as it may stand in a line or in a cell of a table.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in OneLine(text))
        {
            escaped.Append(character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '@' => "&#64;",
                // Between letters and digits these mean nothing, and numbers stay legible in the source.
                '-' or '.' or '(' or ')' or '+' or '!' when escaped.Length > 0 => $"{character}",
                _ when Special.Contains(character, StringComparison.Ordinal) => $"\\{character}",
                _ => $"{character}",
            });
        }

        return escaped.ToString();
    }

    /// <summary>A row of a table.</summary>
    public static string Row(params IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Escape))} |";

    /// <summary>The head of a table, and the line below it.</summary>
    /// <param name="columns">The columns' titles; one that ends in a colon is set to the right.</param>
    public static IEnumerable<string> Head(params IReadOnlyCollection<string> columns) =>
    [
        Row(columns.Select(column => column.TrimEnd(':'))),
        $"|{string.Concat(columns.Select(column => column.EndsWith(':') ? " ---: |" : " --- |"))}",
    ];

    /// <summary>A fenced block of lines, whose fence is longer than any in it.</summary>
    public static IEnumerable<string> Block(string language, IEnumerable<string> lines)
    {
        string[] content = [.. lines.Select(OneLine)];
        var fence = new string('`', Math.Max(3, content.Select(LongestRun).DefaultIfEmpty().Max() + 1));
        return [$"{fence}{language}", .. content, fence];
    }

    private static string OneLine(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(character => char.IsControl(character) ? ' ' : character));

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
