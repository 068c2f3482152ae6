using Azure;
using Azure.ResourceManager;
using Azure.ResourceManager.MachineLearning;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>
/// Lets the writes to an endpoint wait for their turn: the service refuses all but one at a time, and what it shows of an
/// endpoint may lag behind what it knows.
/// </summary>
/// <param name="endpoints">The workspace's endpoints.</param>
/// <param name="recent">What was read of them a moment ago.</param>
/// <param name="mayWrite">
/// Is asked before each try of a write, and before the look that the try rests on; throws when nothing may be written.
/// </param>
internal sealed class EndpointTurn(
    MachineLearningOnlineEndpointCollection endpoints, RecentReads recent, Func<CancellationToken, Task<WriteLeave>> mayWrite)
{
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
    /// <returns>Whether anything had to be waited for.</returns>
    public async Task<bool> AwaitAllSettledAsync(LongCall call, string endpoint, CancellationToken cancellationToken)
    {
        var wasBusy = false;
        while (await call.ReadAsync(() => FirstBusyAsync(endpoint, cancellationToken), cancellationToken) is { } busy)
        {
            wasBusy = true;
            call.Report(busy);
            await call.PauseAsync(last: null, cancellationToken);
        }

        return wasBusy;
    }

    /// <summary>Reads an endpoint, whatever was seen of it before.</summary>
    /// <returns>The endpoint; null when it does not exist.</returns>
    public Task<MachineLearningOnlineEndpointResource?> ReadAsync(LongCall call, string endpoint, CancellationToken cancellationToken) =>
        call.ReadAsync(() => recent.ReadAsync(endpoints, endpoint, cancellationToken), cancellationToken);

    /// <summary>Writes when it is the write's turn and waits until the service is done.</summary>
    /// <param name="call">The call.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="deployment">The deployment that is written; null when it is the endpoint itself.</param>
    /// <param name="write">
    /// Prepares the write on the endpoint as it is now, null when it does not exist, and gives what sends it and starts the operation; null when
    /// there is nothing to do. Called again after each refusal, after each answer that did not come, as what it is to write may be there already
    /// then, and after each look that took so long that the leave to write is over.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; an operation that has begun goes on.</param>
    /// <returns>The endpoint as it was seen last, at the end of an operation on it; null when it does not exist.</returns>
    /// <exception cref="RequestFailedException">The service refused the write for good, or the operation failed.</exception>
    public Task<MachineLearningOnlineEndpointResource?> WriteAsync(
        LongCall call,
        string endpoint,
        string? deployment,
        Func<MachineLearningOnlineEndpointResource?, Task<Func<Task<Operation>>?>> write,
        CancellationToken cancellationToken) =>
        WriteAsync(call, endpoint, deployment, maySee: false, write, cancellationToken);

    /// <summary>
    /// The same for a write that puts nobody's change back, which may begin with what was still seen a moment ago when the leave to write was
    /// given: that of a traffic map, which sends back all that it read, may not.
    /// </summary>
    /// <inheritdoc cref="WriteAsync(LongCall, string, string?, Func{MachineLearningOnlineEndpointResource?, Task{Func{Task{Operation}}?}}, CancellationToken)"/>
    public Task<MachineLearningOnlineEndpointResource?> WriteAfterLookAsync(
        LongCall call,
        string endpoint,
        string? deployment,
        Func<MachineLearningOnlineEndpointResource?, Task<Func<Task<Operation>>?>> write,
        CancellationToken cancellationToken) =>
        WriteAsync(call, endpoint, deployment, maySee: true, write, cancellationToken);

    private async Task<MachineLearningOnlineEndpointResource?> WriteAsync(
        LongCall call,
        string endpoint,
        string? deployment,
        bool maySee,
        Func<MachineLearningOnlineEndpointResource?, Task<Func<Task<Operation>>?>> write,
        CancellationToken cancellationToken)
    {
        var tries = new WriteTries();
        while (true)
        {
            // Before the look: a run that has taken the lock by then ends this one here, and what it writes later is seen.
            var leave = await mayWrite(cancellationToken);
            var seen = maySee ? SeenSettled(endpoint, deployment) : null;
            maySee = false;
            var settled = seen is null ? await AwaitSettledAsync(call, endpoint, deployment, cancellationToken) : seen.Resource;
            Operation? operation = null;
            try
            {
                Forget(deployment);
                if (await write(settled) is not { } send)
                {
                    return settled;
                }

                if (leave.TryBegin())
                {
                    operation = await send();
                    await call.AwaitAsync(operation, cancellationToken);
                    return operation is ArmOperation<MachineLearningOnlineEndpointResource> { HasValue: true } ended
                        ? Remember(endpoint, ended.Value)
                        : settled;
                }

                tries.LookedTooLong(call.Elapsed);
            }
            catch (Exception exception) when (
                !cancellationToken.IsCancellationRequested && tries.IsWorthAnother(exception, hasBegun: operation is not null, call.Elapsed))
            {
                call.Report(tries.State);
                await call.PauseAsync((exception as RequestFailedException)?.GetRawResponse(), cancellationToken);
            }

            if (tries.IsRefusedAsBusy && await AwaitAllSettledAsync(call, endpoint, cancellationToken))
            {
                tries.SawItBusy();
            }
        }
    }

    /// <summary>The endpoint as it was just seen, if it and the deployment were in a state that lasts then; null when not.</summary>
    private RecentReads.EndpointRead? SeenSettled(string endpoint, string? deployment)
    {
        var read = recent.EndpointOf(endpoint);
        var isSettled = read is not null && (read.Resource is not { } there || Busy(endpoint, StateReader.StateOf(there.Data)) is null);
        return isSettled && (deployment is null || IsSeenSettled(endpoint, deployment)) ? read : null;
    }

    private bool IsSeenSettled(string endpoint, string deployment) => recent.DeploymentsOf(endpoint) is { } deployments
        && deployments.All(each => !deployment.Equals(each.Name, StringComparison.OrdinalIgnoreCase)
            || StateReader.StateOf(each).IsSettled());

    private void Forget(string? deployment)
    {
        if (deployment is null)
        {
            recent.ForgetEndpoint();
        }
        else
        {
            recent.Forget();
        }
    }

    private MachineLearningOnlineEndpointResource Remember(string endpoint, MachineLearningOnlineEndpointResource shown)
    {
        recent.Saw(endpoint, shown);
        return shown;
    }

    private static string? Busy(string name, ProvisioningState state) => state.IsSettled() ? null : $"{name} {state}";

    private async Task<string?> FirstBusyAsync(string endpoint, CancellationToken cancellationToken)
    {
        var found = await endpoints.GetIfExistsAsync(endpoint, cancellationToken);
        if (!found.HasValue)
        {
            return null;
        }

        if (Busy(endpoint, StateReader.StateOf(found.Value!.Data)) is { } itself)
        {
            return itself;
        }

        await foreach (var deployment in found.Value!.GetMachineLearningOnlineDeployments().GetAllAsync(cancellationToken: cancellationToken))
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
