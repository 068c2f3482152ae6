using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Execution;

/// <summary>What somebody who takes no lock reads of a journal.</summary>
/// <param name="Journal">The journal; empty where the workspace has none for the caller.</param>
/// <param name="Notes">What a person should know of it, one sentence each.</param>
public sealed record JournalLook(JournalReading Journal, ImmutableArray<string> Notes)
{
    /// <summary>Nothing was read, and there is nothing to say of it.</summary>
    public static JournalLook None { get; } = new(JournalReading.None, []);

    /// <summary>Reads the journal, with the approvals that no run has copied into it yet at its end.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="asksApproval">Whether there can be approvals.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="JournalUnavailableException">The caller may not read it, or there is no place for it.</exception>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    public static async Task<JournalReading> ReadAsync(IJournalStore store, bool asksApproval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);

        // The approvals are read first: one that is copied meanwhile is then seen in both, and not in neither.
        var approvals = asksApproval ? await store.ReadApprovalsAsync(cancellationToken) : default;
        var journal = JournalFormat.Read((await store.ReadAsync(cancellationToken)).Span);
        return journal with { Events = [.. journal.Events, .. JournalReading.ApprovalsIn(approvals.Span, journal.Events)] };
    }

    /// <summary>Reads the journal where there is one for the caller, and says what is to be known of it.</summary>
    /// <param name="store">Where the journal is kept.</param>
    /// <param name="asksApproval">Whether there can be approvals.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    public static async Task<JournalLook> AtAsync(IJournalStore store, bool asksApproval, CancellationToken cancellationToken)
    {
        try
        {
            var journal = await ReadAsync(store, asksApproval, cancellationToken);
            return new(journal, journal.Unreadable.IsEmpty
                ? []
                : [$"{journal.Unreadable.Length} lines of {store.Location} can't be read, and are passed over."]);
        }
        catch (JournalUnavailableException error)
        {
            return None with { Notes = [$"There is no journal in the workspace: {error.Message}"] };
        }
    }
}
