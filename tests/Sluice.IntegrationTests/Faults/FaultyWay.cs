namespace Sluice.IntegrationTests.Faults;

/// <summary>The way from the client to the service, on which faults happen to some calls. It notes what passed.</summary>
internal sealed class FaultyWay(HttpMessageHandler service, IReadOnlyDictionary<Call, Fault> faults) : DelegatingHandler(service)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, byte[]> _answers = [];
    private readonly List<Call> _calls = [];
    private readonly List<string> _effects = [];
    private readonly Dictionary<Uri, Fault> _stay = [];
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

    /// <summary>Whether a fault has happened.</summary>
    public bool HasHappened { get; private set; }

    /// <summary>From now on nothing goes wrong.</summary>
    public void Mend() => _isMended = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Call call;
        byte[]? before;
        Fault? fault;
        lock (_lock)
        {
            call = Call.Of(request, key => _counts[key] = _counts.GetValueOrDefault(key) + 1);
            _calls.Add(call);
            before = _answers.GetValueOrDefault(request.RequestUri!.AbsoluteUri);
            fault = _isMended ? null : faults.GetValueOrDefault(call) ?? _stay.GetValueOrDefault(request.RequestUri);
            if (fault is { Stays: true })
            {
                _stay[request.RequestUri] = fault;
            }
        }

        if (fault is null)
        {
            return await PassAsync(request, call, cancellationToken);
        }

        HasHappened = true;
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
