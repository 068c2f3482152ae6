using System.Collections.Concurrent;

namespace Sluice.Emulator.Scoring;

/// <summary>What the front door remembers of an endpoint between requests.</summary>
internal sealed class EndpointState
{
    private readonly ConcurrentDictionary<string, DeploymentState> _deployments = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;

    /// <summary>Starts with nothing.</summary>
    /// <param name="name">The endpoint's name, so that two endpoints draw different numbers from one seed.</param>
    /// <param name="seed">The seed of the traffic split.</param>
    /// <param name="time">The clock of the metrics.</param>
    internal EndpointState(string name, int seed, TimeProvider time)
    {
        _time = time;
        Split = new SplitRandom(seed, $"split {name.ToLowerInvariant()}");
        Mirror = new SplitRandom(seed, $"mirror {name.ToLowerInvariant()}");
    }

    /// <summary>Draws the deployments.</summary>
    internal SplitRandom Split { get; }

    /// <summary>Draws the mirrored requests; apart, so that mirroring does not change which deployment answers.</summary>
    internal SplitRandom Mirror { get; }

    /// <summary>A deployment's state.</summary>
    internal DeploymentState Of(string deployment)
        => _deployments.GetOrAdd(deployment, static (_, time) => new DeploymentState(time), _time);

    /// <summary>The deployments that a request ever reached, deleted ones too, with their states.</summary>
    internal IEnumerable<(string Deployment, DeploymentState State)> All => _deployments.Select(found => (found.Key, found.Value));
}
