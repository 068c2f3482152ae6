using Azure;
using Azure.Identity;
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
    public static async Task<T> RunAsync<T>(string name, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (Translate(name, exception, cancellationToken) is { } translated)
        {
            throw translated;
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

    /// <summary>The failure in the words of the port; null when it is not one of the service's.</summary>
    private static WorkspaceCallException? Translate(string name, Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            RequestFailedException failed => Refused(name, failed),

            // Several tries that all failed come as one; the last tells where things stand now.
            AggregateException { InnerExceptions: [.., RequestFailedException last] } => Refused(name, last),
            AuthenticationFailedException failed => new(
                name, "AuthenticationFailed", failed.Message.Split('\n', 2)[0].Trim(), containerLog: null, failed),
            OperationCanceledException when !cancellationToken.IsCancellationRequested => new(
                name, "Timeout", "The service did not answer in time.", containerLog: null, exception),
            _ => null,
        };

    private static WorkspaceCallException Refused(string name, RequestFailedException exception)
    {
        var fault = ServiceFault.Of(exception);
        return new(name, fault.Code, fault.Message, containerLog: null, exception);
    }
}
