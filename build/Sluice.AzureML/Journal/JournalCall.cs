using Sluice.AzureML.Faults;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Journal;

/// <summary>Runs calls on a journal, each with a limit of time, so that what fails says which call on which journal it was.</summary>
/// <param name="location">Where the journal is.</param>
/// <param name="limit">The longest time that a call may take.</param>
/// <param name="time">The clock.</param>
internal sealed class JournalCall(string location, TimeSpan limit, TimeProvider time)
{
    /// <summary>Where the journal is, for people.</summary>
    public string Location => location;

    /// <summary>Runs a call.</summary>
    /// <param name="what">What is done to the journal: a verb and its preposition.</param>
    /// <param name="call">The call; its token ends with the limit, too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="WorkspaceCallException">The call failed, or took too long.</exception>
    public Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        WorkspaceCall.RunAsync(
            $"{what} the journal {location}",
            async () =>
            {
                using var over = new CancellationTokenSource(limit, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
                return await call(either.Token);
            },
            cancellationToken);
}
