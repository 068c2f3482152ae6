using System.Collections.Immutable;
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

    /// <summary>How long a run that was cancelled waits for its last answers: whoever cancels waits, too, and may kill it some seconds later.</summary>
    private static readonly TimeSpan PatienceAfterCancellation = TimeSpan.FromSeconds(1);

    /// <summary>Sends until it is to stop; requests that are under way by then are awaited, so that none is lost.</summary>
    /// <param name="send">Wraps each request: what it returns is called with the answer.</param>
    /// <param name="stop">Ends the sending. It ends no request.</param>
    /// <param name="cancelled">The run's cancellation: where it is to stop then, requests under way are awaited for a moment only.</param>
    public async Task<LoadEnd> RunAsync(Func<Action<ScoringAnswer>> send, CancellationToken stop, CancellationToken cancelled)
    {
        using var requests = new CancellationTokenSource();
        var underWay = new HashSet<Task<bool>>();
        var begin = time.GetTimestamp();
        var mostAtOnce = Math.Max(1, (long)(MostMadeUpFor.TotalSeconds * requestsPerSecond));
        var mostUnderWay = Math.Max(UnderWayAtAnyRate, mostAtOnce);
        try
        {
            for (long next = 0, sent = 0; ;)
            {
                await Task.Delay(Tick, time, stop);
                underWay.RemoveWhere(request => request.IsCompleted);
                var dueByNow = Due();
                for (next = Math.Max(next, dueByNow - mostAtOnce); next < dueByNow && underWay.Count < mostUnderWay; next++, sent++)
                {
                    underWay.Add(SendAsync(rows[(int)(sent % rows.Length)], send(), requests.Token));
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Its time is over.
        }

        var due = Due();
        var ended = Task.WhenAll(underWay);
        try
        {
            await ended.WaitAsync(cancelled);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            await Task.WhenAny(ended, Task.Delay(PatienceAfterCancellation, time, CancellationToken.None));
            await requests.CancelAsync();
        }

        return new(due, (await ended).Count(isAnswered => !isAnswered));

        long Due() => (long)(time.GetElapsedTime(begin).TotalSeconds * requestsPerSecond);
    }

    /// <returns>Whether it came to its end; not when it was cancelled before.</returns>
    private async Task<bool> SendAsync(string row, Action<ScoringAnswer> answered, CancellationToken cancellationToken)
    {
        ScoringAnswer answer;
        try
        {
            answer = await endpoint.ScoreAsync(row, deployment: null, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            // Whatever it is, this caller got no answer, and the others go on.
            answer = new(0, null, error.Message, TimeSpan.Zero);
        }

        answered(answer);
        return true;
    }
}
