namespace Sluice.Emulator.Scoring;

/// <summary>What the front door remembers of a deployment between requests.</summary>
internal sealed class DeploymentState
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private ModelContainer? _container;
    private long _trafficSince;

    /// <summary>Starts with nothing.</summary>
    internal DeploymentState(TimeProvider time)
    {
        _time = time;
        Metrics = new DeploymentMetrics(time);
    }

    /// <summary>Who is in and who waits.</summary>
    internal DeploymentGate Gate { get; } = new();

    /// <summary>What happened.</summary>
    internal DeploymentMetrics Metrics { get; }

    /// <summary>How long a container of the deployment has had traffic: since the first request that it got while it had any.</summary>
    /// <param name="container">The container; one that takes another one's place begins anew.</param>
    /// <param name="hasTraffic">Whether it has traffic now, live or mirrored.</param>
    /// <returns>Null when it never had any.</returns>
    internal TimeSpan? TrafficFor(ModelContainer container, bool hasTraffic)
    {
        lock (_lock)
        {
            if (_container != container && hasTraffic)
            {
                (_container, _trafficSince) = (container, _time.GetTimestamp());
            }

            return _container == container ? _time.GetElapsedTime(_trafficSince) : null;
        }
    }
}
