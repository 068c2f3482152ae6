namespace Sluice.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, as a path of the repository.</param>
/// <param name="Line">The line of its fence, from 1.</param>
/// <param name="Language">The first word behind the fence; empty for none.</param>
/// <param name="Lines">What is in it.</param>
internal sealed record DocumentedBlock(string Page, int Line, string Language, IReadOnlyList<string> Lines)
{
    /// <summary>The pages that people read.</summary>
    public static IEnumerable<string> Pages() => Directory.EnumerateFiles(Repository.File("docs"), "*.md").Order(StringComparer.Ordinal)
        .Prepend(Repository.File("README.md"))
        .Select(file => Path.GetRelativePath(Repository.Root, file));

    /// <summary>The blocks of all pages.</summary>
    public static IEnumerable<DocumentedBlock> All() => Pages().SelectMany(Of);

    /// <inheritdoc/>
    public override string ToString() => $"{Page}({Line})";

    private static IEnumerable<DocumentedBlock> Of(string page)
    {
        var lines = File.ReadAllLines(Repository.File(page));
        for (var index = 0; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.FindIndex(lines, index + 1, line => line.StartsWith("```", StringComparison.Ordinal));
            yield return new(page, index + 1, lines[index][3..].Split(' ')[0], lines[(index + 1)..end]);
            index = end;
        }
    }
}
