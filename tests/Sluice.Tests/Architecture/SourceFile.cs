using System.Text.RegularExpressions;

namespace Sluice.Tests.Architecture;

/// <summary>A C# file, as far as the rules about files ask.</summary>
/// <param name="Path">The path within the repository, with slashes.</param>
/// <param name="Text">The content.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>
    /// The name up to the first dot or brace: <c>Planner.Stages.cs</c> and <c>Task{T}.cs</c> are called after the type alone.
    /// </summary>
    public string Name => FirstWord().Match(System.IO.Path.GetFileName(Path)).Value;

    /// <summary>
    /// The types declared at the top. With file-scoped namespaces these are the declarations at the start of a line; a generic type
    /// counts under its plain name.
    /// </summary>
    public IReadOnlyList<string> Types => [.. Declaration().Matches(Text).Select(match => match.Groups["name"].Value).Distinct()];

    /// <summary>The C# files below some folders of the repository, without what a build puts there.</summary>
    public static IEnumerable<SourceFile> Below(params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select new SourceFile(path, File.ReadAllText(file));

    [GeneratedRegex(@"^\w+")]
    private static partial Regex FirstWord();

    [GeneratedRegex(
        @"^((public|internal|file|sealed|abstract|static|partial|readonly|ref|unsafe)\s+)*"
        + @"(class|record\s+struct|record\s+class|record|struct|interface|enum|delegate\s+[\w<>?,\s\.\[\]]+?)\s+(?<name>\w+)\s*[\s<({:;]",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
