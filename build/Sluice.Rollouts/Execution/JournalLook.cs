using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Execution;

/// <summary>What somebody who takes no lock reads of a journal.</summary>
/// <param name="Journal">The journal; empty where the workspace has none for the caller.</param>
/// <param name="Notes">What a person should know of it, one sentence each.</param>
internal sealed record JournalLook(JournalReading Journal, ImmutableArray<string> Notes)
{
    /// <summary>Nothing was read, and there is nothing to say of it.</summary>
    public static JournalLook None { get; } = new(new([], []), []);

    /// <summary>Reads.</summary>
    /// <param name="store">Where the journal is kept.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    public static async Task<JournalLook> AtAsync(IJournalStore store, CancellationToken cancellationToken)
    {
        try
        {
            var journal = JournalFormat.Read((await store.ReadAsync(cancellationToken)).Span);
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
