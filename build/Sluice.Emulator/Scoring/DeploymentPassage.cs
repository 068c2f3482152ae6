using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Scoring;

/// <summary>A request's way through a deployment's gate to its container, within the limits of both; it is counted on the way.</summary>
/// <param name="time">The clock of timeouts and latencies.</param>
/// <param name="faults">What goes wrong in containers; null for nothing.</param>
internal sealed class DeploymentPassage(TimeProvider time, IContainerFaults? faults)
{
    /// <summary>
    /// Lets a request in, without a wait, that is sooner done by one thread than handed to another with a watch on how long that takes.
    /// Whoever gets in must go on with <see cref="PassHereAsync"/>.
    /// </summary>
    internal bool TryEnterAtOnce(DeploymentRoute deployment, DeploymentState state, ContainerRequest request) =>
        (faults is null or { HasAny: false } || request.Path != "score")
        && deployment.Container.IsQuick(request, deployment.RequestTimeout)
        && state.Gate.TryEnterAtOnce(AtOnce(deployment));

    /// <summary>Passes a request through a deployment's gate to its container, and counts it.</summary>
    /// <returns>The outcome, and the container's answer if there was one in time; the caller disposes of it.</returns>
    internal async ValueTask<(RequestOutcome Outcome, ContainerAnswer? Answer)> PassAsync(
        EndpointRoute endpoint, DeploymentRoute deployment, DeploymentState state, ContainerRequest request, CancellationToken cancellationToken)
    {
        var trafficFor = state.TrafficFor(deployment.Container, HasTraffic(endpoint, deployment.Name));
        var started = time.GetTimestamp();
        var atOnce = AtOnce(deployment);
        if (!state.Gate.TryEnter(atOnce, 2 * atOnce, out var admission))
        {
            request.Dispose();
            var refused = new RequestOutcome(deployment.Statuses.Overloaded, ModelStatus: 0);
            state.Metrics.Now.Count(refused);
            return (refused, null);
        }

        var status = deployment.Statuses.TimedOut;
        ContainerAnswer? answer = null;
        if (!await IsAdmittedAsync(admission, deployment.RequestTimeout, cancellationToken).ConfigureAwait(false))
        {
            state.Gate.GiveUp(admission, atOnce);
            request.Dispose();
        }
        else
        {
            var left = deployment.RequestTimeout - time.GetElapsedTime(started);
            var work = Task.Run(() => WorkAsync(deployment, state.Gate, atOnce, request, trafficFor), CancellationToken.None);
            if (await IsDoneAsync(work, left, cancellationToken).ConfigureAwait(false))
            {
                answer = await work.ConfigureAwait(false);
                status = StatusOf(answer, deployment);
            }
            else
            {
                _ = DiscardAsync(work);
            }
        }

        if (cancellationToken.IsCancellationRequested)
        {
            status = RequestOutcome.ClientClosedRequest;
        }

        var outcome = new RequestOutcome(status, answer?.Status ?? 0);
        state.Metrics.Now.Count(outcome, time.GetElapsedTime(started));
        return (outcome, answer);
    }

    /// <summary>Passes a request that <see cref="TryEnterAtOnce"/> has let in to the container on this thread, and counts it.</summary>
    internal async ValueTask<(RequestOutcome Outcome, ContainerAnswer? Answer)> PassHereAsync(
        EndpointRoute endpoint, DeploymentRoute deployment, DeploymentState state, ContainerRequest request, CancellationToken cancellationToken)
    {
        state.TrafficFor(deployment.Container, HasTraffic(endpoint, deployment.Name));
        var started = time.GetTimestamp();
        ContainerAnswer? answer;
        try
        {
            answer = await deployment.Container.AnswerAsync(request).ConfigureAwait(false);
        }
        finally
        {
            request.Dispose();
            state.Gate.Leave(AtOnce(deployment));
        }

        // It turned out slow, all others of its size before were quick.
        var latency = time.GetElapsedTime(started);
        var isLate = latency > deployment.RequestTimeout;
        if (isLate)
        {
            answer?.Dispose();
            answer = null;
        }

        var status = cancellationToken.IsCancellationRequested ? RequestOutcome.ClientClosedRequest
            : isLate ? deployment.Statuses.TimedOut
            : StatusOf(answer, deployment);
        var outcome = new RequestOutcome(status, answer?.Status ?? 0);
        state.Metrics.Now.Count(outcome, latency);
        return (outcome, answer);
    }

    private static int AtOnce(DeploymentRoute deployment) => deployment.MaxConcurrentRequestsPerInstance * deployment.InstanceCount;

    private static int StatusOf(ContainerAnswer? answer, DeploymentRoute deployment) =>
        answer?.Status == StatusCodes.Status200OK ? StatusCodes.Status200OK : deployment.Statuses.ModelError;

    // The place in the deployment is held until the container is done, even when nobody waits for the answer any more.
    private async Task<ContainerAnswer?> WorkAsync(
        DeploymentRoute deployment, DeploymentGate gate, int atOnce, ContainerRequest request, TimeSpan? trafficFor)
    {
        try
        {
            return faults is null || request.Path != "score"
                ? await deployment.Container.AnswerAsync(request).ConfigureAwait(false)
                : await faults.PassAsync(deployment.Name, trafficFor, request, deployment.Container.AnswerAsync).ConfigureAwait(false);
        }
        finally
        {
            request.Dispose();
            gate.Leave(atOnce);
        }
    }

    private static bool HasTraffic(EndpointRoute endpoint, string deployment) =>
        endpoint.Traffic.GetValueOrDefault(deployment) > 0 || endpoint.MirrorTraffic.GetValueOrDefault(deployment) > 0;

    private async ValueTask<bool> IsAdmittedAsync(Task admission, TimeSpan patience, CancellationToken cancellationToken)
        => admission.IsCompletedSuccessfully || await IsDoneAsync(admission, patience, cancellationToken).ConfigureAwait(false);

    private async Task<bool> IsDoneAsync(Task task, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task DiscardAsync(Task<ContainerAnswer?> work) => (await work.ConfigureAwait(false))?.Dispose();
}
