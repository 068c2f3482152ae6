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
    /// <returns>How many requests were due by the rate. On a busy machine fewer were sent: those left out are not made up for, as a burst of
    /// them would be more than the rate.</returns>
    public async Task<long> RunAsync(Func<Action<ScoringAnswer>> send, CancellationToken cancellationToken)
    {
        var underWay = new HashSet<Task>();
        var begin = time.GetTimestamp();
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
            // Its time is over.
        }

        var due = (long)(time.GetElapsedTime(begin).TotalSeconds * requestsPerSecond);
        await Task.WhenAll(underWay);
        return due;
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
