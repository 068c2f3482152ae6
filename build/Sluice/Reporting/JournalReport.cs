using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Reporting;

namespace Sluice.Reporting;

/// <summary>The report of one rollout of an endpoint, from its journal in the workspace. It takes no lock.</summary>
internal static class JournalReport
{
    /// <summary>Reads the journal and makes the report.</summary>
    /// <param name="store">The journal.</param>
    /// <param name="rollout">The rollout's id; null for the latest one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RolloutException">There is no such rollout, or none at all; the sentence says which there are.</exception>
    public static async Task<RolloutReport> ReadAsync(IJournalStore store, string? rollout, CancellationToken cancellationToken) =>
        Of(await JournalLook.ReadAsync(store, asksApproval: true, cancellationToken), store.Location, rollout);

    /// <summary>The report of one rollout of a journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="location">Where it lies.</param>
    /// <param name="rollout">The rollout's id; null for the latest one.</param>
    /// <exception cref="RolloutException">There is no such rollout, or none at all; the sentence says which there are.</exception>
    public static RolloutReport Of(JournalReading journal, string location, string? rollout)
    {
        var known = journal.Rollouts;
        if (known.Count == 0)
        {
            throw new RolloutException($"{location} tells of no rollout yet: nothing was rolled out on the endpoint, or its journal lies elsewhere.");
        }

        var chosen = rollout ?? known[^1];
        return known.Contains(chosen)
            ? RolloutReport.Of(journal.Of(chosen)) with { UnreadableLines = journal.Unreadable.Length }
            : throw new RolloutException($"--rollout is '{rollout}', and {location} has no such rollout; there are: {string.Join(", ", known)}.");
    }
}
