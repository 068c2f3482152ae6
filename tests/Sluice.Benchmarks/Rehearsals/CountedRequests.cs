using Sluice.Emulator.Faults;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>Writes down what the local Azure ML is asked, in its order.</summary>
/// <param name="time">The clock of its operations.</param>
internal sealed class CountedRequests(TimeProvider time) : IRequestWatch
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset Time, FaultTarget Request)> _requests = [];

    /// <summary>The requests to ARM that ask how far an operation is, since the last <see cref="Clear"/>, and when they came.</summary>
    public IReadOnlyList<(DateTimeOffset Time, FaultTarget Request)> Polls => OfArm(IsPoll);

    /// <summary>All other requests to ARM since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<FaultTarget> Calls => [.. OfArm(request => !IsPoll(request)).Select(call => call.Request)];

    /// <inheritdoc/>
    public Task ReachedAsync(FaultTarget request, FaultMoment moment)
    {
        if (moment == FaultMoment.BeforeEffect)
        {
            lock (_lock)
            {
                _requests.Add((time.GetUtcNow(), request));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Forgets what came so far.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }

    private static bool IsPoll(FaultTarget request) => request.Path.Contains("/mfeOperation", StringComparison.OrdinalIgnoreCase);

    private List<(DateTimeOffset Time, FaultTarget Request)> OfArm(Func<FaultTarget, bool> isWanted)
    {
        lock (_lock)
        {
            return _requests.FindAll(call => call.Request.Surface == FaultSurface.Arm && isWanted(call.Request));
        }
    }
}
