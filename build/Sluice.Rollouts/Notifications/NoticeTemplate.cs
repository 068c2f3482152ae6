using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Notifications;

/// <summary>A message's text with placeholders such as <c>{endpoint}</c>. Braces around anything but letters are braces.</summary>
internal static partial class NoticeTemplate
{
    /// <summary>The text where nobody has written one.</summary>
    public const string Usual = "{endpoint}: rollout of {candidate} {state}. {why} Next: {next}";

    private static readonly (string Name, Func<Notice, string> Value)[] Placeholders =
    [
        ("state", notice => notice.StateInWords),
        ("endpoint", notice => notice.Endpoint),
        ("workspace", notice => notice.Workspace),
        ("candidate", notice => notice.Candidate ?? notice.Model),
        ("version", notice => notice.CandidateVersion ?? ""),
        ("stable", notice => notice.Stable ?? ""),
        ("traffic", notice => notice.Traffic.ToString()),
        ("why", notice => notice.Why),
        ("next", notice => notice.Next.Sentence),
        ("rollout", notice => notice.Rollout),
        ("actor", notice => notice.Actor),
        ("run", notice => notice.Run?.AbsoluteUri ?? ""),
    ];

    /// <summary>The placeholders' names.</summary>
    public static IEnumerable<string> Names => Placeholders.Select(placeholder => placeholder.Name);

    /// <summary>The placeholders as they are written, for messages.</summary>
    public static string Allowed => string.Join(", ", Names.Select(name => $"{{{name}}}"));

    /// <summary>The names in a template that are no placeholders, each once.</summary>
    public static IEnumerable<string> Unknown(string template) =>
        Placeholder().Matches(template).Select(match => match.Groups["name"].Value).Distinct().Except(Names);

    /// <summary>The text of a message.</summary>
    /// <param name="template">The template.</param>
    /// <param name="notice">What there is to tell.</param>
    /// <param name="write">How a value is written where the message goes; the template's own words are its author's, and stay.</param>
    public static string Fill(string template, Notice notice, Func<string, string> write) => Placeholder().Replace(
        template,
        match => Placeholders.FirstOrDefault(placeholder => placeholder.Name == match.Groups["name"].Value).Value is { } value
            ? write(value(notice))
            : match.Value);

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
