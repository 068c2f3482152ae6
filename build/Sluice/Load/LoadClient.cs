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

    /// <summary>
    /// How many requests may be under way at any rate. Where answers don't keep up with the rate, more would only queue where they are
    /// answered, and what is answered there beside them, the service's own calls too, would come to a standstill.
    /// </summary>
    private const int UnderWayAtAnyRate = 50;

    /// <summary>Sends until it is cancelled; requests that are under way by then are awaited, so that none is lost.</summary>
    /// <param name="send">Wraps each request: what it returns is called with the answer.</param>
    /// <param name="cancellationToken">Ends the sending. It ends no request.</param>
    /// <returns>
    /// How many requests were due by the rate. Fewer were sent where the machine is busy, and where so many are under way as are due in a tenth
    /// of a second, but at least 50.
    /// </returns>
    public async Task<long> RunAsync(Func<Action<ScoringAnswer>> send, CancellationToken cancellationToken)
    {
        var underWay = new HashSet<Task>();
        var begin = time.GetTimestamp();
        var mostAtOnce = Math.Max(1, (long)(MostMadeUpFor.TotalSeconds * requestsPerSecond));
        var mostUnderWay = Math.Max(UnderWayAtAnyRate, mostAtOnce);
        try
        {
            for (long next = 0, sent = 0; ;)
            {
                await Task.Delay(Tick, time, cancellationToken);
                underWay.RemoveWhere(request => request.IsCompletedSuccessfully);
                var dueByNow = Due();
                for (next = Math.Max(next, dueByNow - mostAtOnce); next < dueByNow && underWay.Count < mostUnderWay; next++, sent++)
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
