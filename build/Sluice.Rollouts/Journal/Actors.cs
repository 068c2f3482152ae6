using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Journal;

/// <summary>What the name of an event's actor is made of.</summary>
public static partial class Actors
{
    /// <summary>
    /// The person: of <c>ann at https://…</c> and <c>ann on desk-7</c> it is <c>ann</c>. A person is the same one in every pipeline's run and on
    /// every machine.
    /// </summary>
    public static string PersonOf(string actor) => Located().Match(actor) is { Success: true } match ? match.Groups["person"].Value : actor;

    /// <summary>How people are told apart: the names of accounts ignore case.</summary>
    public static StringComparer People => StringComparer.OrdinalIgnoreCase;

    /// <summary>The pipeline's run: of <c>ann at https://…</c> it is the address. Null for a person on a machine.</summary>
    public static Uri? RunOf(string actor) =>
        Located().Match(actor) is { Success: true } match && Uri.TryCreate(match.Groups["place"].Value, UriKind.Absolute, out var run)
        && run.Scheme is "http" or "https"
            ? run
            : null;

    [GeneratedRegex(@"^(?<person>.+) (at|on) (?<place>\S+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Located();
}
