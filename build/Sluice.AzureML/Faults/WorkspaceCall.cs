using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Faults;

/// <summary>Runs calls of the SDK so that what fails says which call it was, and in the service's own words why.</summary>
internal static class WorkspaceCall
{
    /// <summary>Runs the call.</summary>
    /// <param name="name">What is tried, as it fits after "Could not".</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The token that the call was given: a cancellation that it did not ask for is a time-out.</param>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, whatever the call failed with on its way out.</exception>
    public static async Task<T> RunAsync<T>(string name, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (ServiceFault.Of(exception) is { } fault)
        {
            // The failure may be the cancellation's own doing: a connection that was closed, tries that were cut short.
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException($"Did not {name}, for the run was ended.", exception, cancellationToken)
                : new WorkspaceCallException(name, fault.Code, fault.Message, containerLog: null, exception);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(string name, Func<Task> call, CancellationToken cancellationToken) => RunAsync<object?>(
        name,
        async () =>
        {
            await call();
            return null;
        },
        cancellationToken);
}
