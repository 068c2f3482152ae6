using Azure;
using Azure.ResourceManager.MachineLearning;
using Sluice.AzureML.Faults;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>
/// Lets the writes to an endpoint wait for their turn: the service refuses all but one at a time, and what it shows of an
/// endpoint may lag behind what it knows.
/// </summary>
internal sealed class EndpointTurn(MachineLearningOnlineEndpointCollection endpoints)
{
    /// <summary>
    /// How long refusals of an endpoint that shows itself settled are taken for that lag. A refusal that stays is then said aloud.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits until an endpoint, and one of its deployments, is in a state that lasts.</summary>
    /// <param name="call">The call that waits.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="deployment">The deployment; null to wait for the endpoint alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The endpoint; null when it does not exist.</returns>
    public async Task<MachineLearningOnlineEndpointResource?> AwaitSettledAsync(
        LongCall call, string endpoint, string? deployment, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await call.ReadAsync(() => endpoints.GetIfExistsAsync(endpoint, cancellationToken), cancellationToken);
            if (!found.HasValue)
            {
                return null;
            }

            var busy = Busy(endpoint, StateReader.StateOf(found.Value!.Data))
                ?? (deployment is null
                    ? null
                    : await call.ReadAsync(() => BusyAsync(found.Value!, deployment, cancellationToken), cancellationToken));
            if (busy is null)
            {
                return found.Value;
            }

            call.Report(busy);
            await call.PauseAsync(found.GetRawResponse(), cancellationToken);
        }
    }

    /// <summary>Waits until an endpoint and all its deployments are in a state that lasts.</summary>
    public async Task AwaitAllSettledAsync(LongCall call, string endpoint, CancellationToken cancellationToken)
    {
        while (await AwaitSettledAsync(call, endpoint, deployment: null, cancellationToken) is { } settled
            && await call.ReadAsync(() => FirstBusyAsync(settled, cancellationToken), cancellationToken) is { } busy)
        {
            call.Report(busy);
            await call.PauseAsync(last: null, cancellationToken);
        }
    }

    /// <summary>Writes when it is the write's turn and waits until the service is done.</summary>
    /// <param name="call">The call.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="deployment">The deployment that is written; null when it is the endpoint itself.</param>
    /// <param name="write">
    /// Starts the operation on the endpoint as it is now, null when it does not exist; gives null when there is nothing to do.
    /// Called again after each refusal.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; an operation that has begun goes on.</param>
    /// <exception cref="RequestFailedException">The service refused the write for good, or the operation failed.</exception>
    public async Task WriteAsync(
        LongCall call,
        string endpoint,
        string? deployment,
        Func<MachineLearningOnlineEndpointResource?, Task<Operation?>> write,
        CancellationToken cancellationToken)
    {
        TimeSpan? refusedSince = null;
        while (true)
        {
            var settled = await AwaitSettledAsync(call, endpoint, deployment, cancellationToken);
            try
            {
                if (await write(settled) is { } operation)
                {
                    await call.AwaitAsync(operation, cancellationToken);
                }

                return;
            }
            catch (RequestFailedException exception) when (
                ServiceFault.IsBusy(exception) && call.Elapsed - (refusedSince ??= call.Elapsed) < Patience)
            {
                call.Report("Busy");
                await call.PauseAsync(exception.GetRawResponse(), cancellationToken);
            }
        }
    }

    private static string? Busy(string name, ProvisioningState state) => StateReader.IsSettled(state) ? null : $"{name} {state}";

    private static async Task<string?> FirstBusyAsync(
        MachineLearningOnlineEndpointResource endpoint, CancellationToken cancellationToken)
    {
        await foreach (var deployment in endpoint.GetMachineLearningOnlineDeployments().GetAllAsync(cancellationToken: cancellationToken))
        {
            if (Busy(deployment.Data.Name, StateReader.StateOf(deployment.Data)) is { } busy)
            {
                return busy;
            }
        }

        return null;
    }

    private static async Task<string?> BusyAsync(
        MachineLearningOnlineEndpointResource endpoint, string deployment, CancellationToken cancellationToken)
    {
        var found = await endpoint.GetMachineLearningOnlineDeployments().GetIfExistsAsync(deployment, cancellationToken);
        return found.HasValue ? Busy(deployment, StateReader.StateOf(found.Value!.Data)) : null;
    }
}
