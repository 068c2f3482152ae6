using System.Collections.Immutable;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Ports;

namespace Sluice.Load;

/// <summary>
/// A client of the endpoint that knows nothing of a rollout: it sends one row after the other, at a steady rate, and hands each
/// answer on.
/// </summary>
internal sealed class LoadClient(
    EndpointCaller endpoint,
    ImmutableArray<string> rows,
    double requestsPerSecond,
    TimeProvider time)
{
    /// <summary>Sends until it is cancelled; requests that are under way by then are awaited, so that none is lost.</summary>
    /// <param name="send">Wraps each request: what it returns is called with the answer.</param>
    /// <param name="cancellationToken">Ends the sending. It ends no request.</param>
    public async Task RunAsync(Func<Action<ScoringAnswer>> send, CancellationToken cancellationToken)
    {
        var underWay = new HashSet<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / requestsPerSecond), time);
        try
        {
            for (var row = 0; await timer.WaitForNextTickAsync(cancellationToken); row = (row + 1) % rows.Length)
            {
                underWay.RemoveWhere(request => request.IsCompleted);
                underWay.Add(SendAsync(rows[row], send()));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(underWay);
        }
    }

    private async Task SendAsync(string row, Action<ScoringAnswer> answered)
    {
        try
        {
            answered(await endpoint.ScoreAsync(row, deployment: null, CancellationToken.None));
        }
        catch (RolloutException error)
        {
            answered(new ScoringAnswer(0, null, error.Message, TimeSpan.Zero));
        }
    }
}
