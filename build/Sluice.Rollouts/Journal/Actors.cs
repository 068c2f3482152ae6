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

    [GeneratedRegex(@"^(?<person>.+) (at|on) \S+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Located();
}
