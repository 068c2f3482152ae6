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
    /// <summary>How often it is looked what is due: timers know whole milliseconds only, and a rate's own pause is none.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    /// <summary>What a machine that stood still makes up for, at most; all of it would be a burst, and more than the rate.</summary>
    private static readonly TimeSpan MostMadeUpFor = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends until it is cancelled; requests that are under way by then are awaited, so that none is lost.</summary>
    /// <param name="send">Wraps each request: what it returns is called with the answer.</param>
    /// <param name="cancellationToken">Ends the sending. It ends no request.</param>
    /// <returns>How many requests were due by the rate. On a busy machine fewer were sent.</returns>
    public async Task<long> RunAsync(Func<Action<ScoringAnswer>> send, CancellationToken cancellationToken)
    {
        var underWay = new HashSet<Task>();
        var begin = time.GetTimestamp();
        var mostAtOnce = Math.Max(1, (long)(MostMadeUpFor.TotalSeconds * requestsPerSecond));
        try
        {
            for (long next = 0, sent = 0; ;)
            {
                await Task.Delay(Tick, time, cancellationToken);
                underWay.RemoveWhere(request => request.IsCompletedSuccessfully);
                var dueByNow = Due();
                for (next = Math.Max(next, dueByNow - mostAtOnce); next < dueByNow; next++, sent++)
                {
                    underWay.Add(SendAsync(rows[(int)(sent % rows.Length)], send()));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its time is over.
        }

        var due = Due();
        await Task.WhenAll(underWay);
        return due;

        long Due() => (long)(time.GetElapsedTime(begin).TotalSeconds * requestsPerSecond);
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
