using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A path on this machine as <c>az ml</c> files write it: with <c>file:</c> before it or without.</summary>
internal static partial class LocalPath
{
    private const string Prefix = "file:";

    /// <summary>Whether a text is a path, and not the address of something elsewhere.</summary>
    public static bool IsOne(string text) =>
        !Elsewhere().IsMatch(text) && !text.Contains('\0', StringComparison.Ordinal) && text.Length > (HasPrefix(text) ? Prefix.Length : 0);

    /// <summary>The absolute path; a relative one starts from the folder of the file that it is written in.</summary>
    public static FilePath From(string text, Place place) =>
        new(Path.GetFullPath(HasPrefix(text) ? text[Prefix.Length..] : text, place.Folder), place);

    private static bool HasPrefix(string text) => text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    // One letter before the colon is a drive of Windows.
    [GeneratedRegex(@"\A((?!file:)[a-z][a-z0-9+.-]+:|git@|\s*\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();
}
