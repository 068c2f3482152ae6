using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Assets;

/// <summary>
/// What is left out of a model folder: the patterns of <c>.amlignore</c> or, without it, of <c>.gitignore</c> at the folder's root, as
/// <c>az ml</c> chooses between them.
/// </summary>
/// <remarks>
/// Git's patterns (git-scm.com/docs/gitignore): <c>#</c> comments, <c>!</c> takes back, <c>/</c> at the start or in the middle anchors at
/// the root, <c>/</c> at the end means a folder's files, <c>*</c> and <c>?</c> stop at <c>/</c>, <c>**</c> does not, <c>[a-z]</c>,
/// <c>\</c> escapes, the last pattern that matches wins. Ignore files in folders below the root have no meaning, as with <c>az ml</c>.
/// </remarks>
internal sealed class IgnoreRules
{
    private const long MaximumBytes = 1024 * 1024;

    private static readonly ImmutableArray<string> FileNames = [".amlignore", ".gitignore"];

    private readonly ImmutableArray<(Regex Pattern, bool Excludes)> _rules;

    private IgnoreRules(ImmutableArray<(Regex Pattern, bool Excludes)> rules) => _rules = rules;

    /// <summary>The rules of a folder.</summary>
    /// <exception cref="AssetException">The ignore file is none, has more than 1 MiB, or has a pattern that cannot be read.</exception>
    public static IgnoreRules Of(string folder)
    {
        if (FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is not { } path)
        {
            return Parse(folder, []);
        }

        var file = new FileInfo(RealPath.Of(path));
        return file.Length <= MaximumBytes && RegularFile.Is(file)
            ? Parse(path, File.ReadLines(file.FullName))
            : throw new AssetException(
                path, $"This has {file.Length} bytes, or is no file; allowed: a file of at most {MaximumBytes} bytes.");
    }

    /// <summary>The rules that lines say.</summary>
    /// <param name="file">The file that they are from.</param>
    /// <param name="lines">The lines.</param>
    /// <exception cref="AssetException">A pattern cannot be read.</exception>
    public static IgnoreRules Parse(string file, IEnumerable<string> lines) => new(
    [
        .. lines
            .Select((line, index) => (Text: EndsEscaped(line.TrimEnd()) ? line : line.TrimEnd(), Number: index + 1))
            .Where(line => line.Text.Trim('/').Length > 0 && line.Text[0] != '#' && line.Text != "!")
            .Select(line => Read(file, line.Number, line.Text)),
    ]);

    /// <summary>Whether an entry is left out.</summary>
    /// <param name="path">Its path in the folder, with <c>/</c> between the names.</param>
    public bool Exclude(string path)
    {
        for (var i = _rules.Length - 1; i >= 0; i--)
        {
            if (_rules[i].Pattern.IsMatch(path))
            {
                return _rules[i].Excludes;
            }
        }

        return false;
    }

    private static (Regex Pattern, bool Excludes) Read(string file, int number, string line)
    {
        try
        {
            return line[0] == '!' ? (ToRegex(line[1..]), false) : (ToRegex(line), true);
        }
        catch (ArgumentException exception)
        {
            throw new AssetException(
                file,
                $"Line {number} has the pattern {line}, which cannot be read; allowed: ranges such as [a-z], from low to high.",
                exception);
        }
    }

    private static bool EndsEscaped(string line) => line.EndsWith('\\');

    private static Regex ToRegex(string pattern)
    {
        var body = pattern.TrimEnd('/');
        var isAnchored = body.Contains('/', StringComparison.Ordinal);
        var names = body.TrimStart('/').Split('/');
        var regex = new StringBuilder(isAnchored ? "^" : "^(?:.+/)?");
        for (var i = 0; i < names.Length; i++)
        {
            var isLast = i == names.Length - 1;
            regex.Append((names[i], isLast) switch
            {
                ("**", false) => "(?:.+/)?",
                ("**", true) => ".+",
                (var name, false) => NameToRegex(name) + "/",
                (var name, true) => NameToRegex(name),
            });
        }

        // A folder's own entry is kept when the pattern ends in "/": its name is part of the hash, its files are not.
        regex.Append(pattern.EndsWith('/') ? "/.+$" : "(?:/.+)?$");
        return new Regex(regex.ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    private static string NameToRegex(string name)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var end = name[i] == '[' ? name.IndexOf(']', Math.Min(i + 2, name.Length)) : -1;
            if (end > 0)
            {
                var set = name[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
                regex.Append('[').Append(set[0] is '!' or '^' ? "^/" + set[1..] : set).Append(']');
                i = end;
            }
            else if (name[i] == '\\' && i + 1 < name.Length)
            {
                regex.Append(Regex.Escape(name[++i].ToString()));
            }
            else
            {
                regex.Append(name[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    var other => Regex.Escape(other.ToString()),
                });
            }
        }

        return regex.ToString();
    }
}
