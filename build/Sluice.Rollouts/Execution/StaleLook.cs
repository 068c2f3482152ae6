using Sluice.Rollouts.Journal;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// A single read may be stale: what looks like somebody else's change is one when several looks in a row show it, here as in a plan.
/// </summary>
internal static class StaleLook
{
    /// <summary>The pause before a look is taken once more.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int LooksAtChange = 3;

    /// <summary>Whether a look has to be taken once more before what it shows counts.</summary>
    /// <param name="history">What is known.</param>
    /// <param name="news">What the look shows that is not known; null for nothing.</param>
    /// <param name="look">Which look in a row it is, from 1.</param>
    public static bool MayBe(History history, JournalEvent? news, int look) =>
        news is not null && look < LooksAtChange && history.Contradicts(news);
}
