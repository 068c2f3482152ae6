using Sluice.Rollouts.Journal;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>The workspace's default datastore, opened and read.</summary>
/// <param name="Datastore">Its name.</param>
/// <param name="Account">The storage account.</param>
/// <param name="IsAsCaller">Whether it opened as the caller, and not with what the workspace keeps.</param>
/// <param name="HasJournal">Whether the endpoint has a journal.</param>
/// <param name="IsLeased">Whether a process holds the journal, and by it the endpoint.</param>
/// <param name="OpenRun">The run that has not ended by the journal; null when there is none, or nobody holds the journal.</param>
/// <param name="Rights">The caller's rights on the account; null when they were not asked for, or could not be seen.</param>
public sealed record StoreFact(
    string Datastore, string Account, bool IsAsCaller, bool HasJournal, bool IsLeased, RunStarted? OpenRun, Permissions? Rights)
{
    /// <summary>What lies where the journal should and can't be appended to, by its path in the datastore; null for nothing.</summary>
    public string? Misplaced { get; init; }
}
