namespace Sluice.IntegrationTests.Faults;

/// <summary>The way from the client to the service, on which one fault happens to one call. It notes what passed.</summary>
internal sealed class FaultyWay(HttpMessageHandler service, Fault? fault, Call? where) : DelegatingHandler(service)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, byte[]> _answers = [];
    private readonly List<Call> _calls = [];
    private readonly List<string> _effects = [];
    private Uri? _stays;
    private bool _isMended;

    /// <summary>All calls so far, in the order in which they were sent.</summary>
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

    /// <summary>The writes that the service received and took, as <c>PUT path</c>.</summary>
    public IReadOnlyList<string> Effects
    {
        get
        {
            lock (_lock)
            {
                return [.. _effects];
            }
        }
    }

    /// <summary>Whether the fault has happened.</summary>
    public bool HasHappened { get; private set; }

    /// <summary>From now on nothing goes wrong.</summary>
    public void Mend() => _isMended = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Call call;
        byte[]? before;
        lock (_lock)
        {
            call = Call.Of(request, key => _counts[key] = _counts.GetValueOrDefault(key) + 1);
            _calls.Add(call);
            before = _answers.GetValueOrDefault(request.RequestUri!.AbsoluteUri);
        }

        if (_isMended || fault is null || (call != where && request.RequestUri != _stays))
        {
            return await PassAsync(request, call, cancellationToken);
        }

        HasHappened = true;
        _stays = fault.Stays ? request.RequestUri : null;
        var answer = await fault.Happen(request, () => PassAsync(request, call, cancellationToken), before);
        answer.RequestMessage = request;
        return answer;
    }

    private async Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, Call call, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (_lock)
        {
            if (call.IsArmWrite && answer.IsSuccessStatusCode)
            {
                _effects.Add($"{call.Method} {call.Path}");
            }

            if (call.Method == "GET" && answer.IsSuccessStatusCode)
            {
                _answers[request.RequestUri!.AbsoluteUri] = body;
            }
        }

        return answer;
    }
}
