using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>
/// The way of all requests of a process that dies at a point: from then on none of its requests arrives, that which gives the lease back
/// included, and none that was under way is answered.
/// </summary>
internal sealed class MortalWay(HttpMessageHandler service, CrashPoint? end) : DelegatingHandler(service)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<Call> _calls = [];
    private readonly CancellationTokenSource _process = new();
    private volatile bool _isDead;

    /// <summary>Whether the point was reached.</summary>
    public bool IsDead => _isDead;

    /// <summary>Ends with the process.</summary>
    public CancellationToken Process => _process.Token;

    /// <summary>All requests that the process made while it lived, in the order in which they were sent.</summary>
    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isEnd = Note(request) == end?.Call;
        if (_isDead || (isEnd && end!.Moment == FaultMoment.BeforeEffect))
        {
            throw await DieAsync();
        }

        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        if (_isDead || (isEnd && end!.Moment == FaultMoment.AfterEffect))
        {
            answer.Dispose();
            throw await DieAsync();
        }

        // The answer is still taken in; whatever the process asks for next, it asks in vain.
        _isDead |= isEnd;
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _process.Dispose();
    }

    private Call? Note(HttpRequestMessage request)
    {
        lock (_lock)
        {
            if (_isDead)
            {
                return null;
            }

            var call = Call.Of(request, key => _counts[key] = _counts.GetValueOrDefault(key) + 1);
            _calls.Add(call);
            return call;
        }
    }

    private async Task<HttpRequestException> DieAsync()
    {
        _isDead = true;
        await _process.CancelAsync();
        return new HttpRequestException("The process is dead.");
    }
}
