using System.Collections.Immutable;

namespace Sluice.Rollouts.Ports;

/// <summary>
/// Reads what the endpoint's callers met, as the platform counted it. Azure Monitor's metrics are one source; exact counts out of
/// Log Analytics fit behind the same two questions.
/// </summary>
public interface ITelemetry
{
    /// <summary>The requests of whole minutes, by deployment. A minute without requests of a deployment is left out.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="from">The start of the first minute.</param>
    /// <param name="to">The end of the last minute; later than <paramref name="from"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="WorkspaceCallException">The telemetry could not be read.</exception>
    Task<ImmutableArray<TrafficMinute>> ReadTrafficAsync(
        string endpoint, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The points of one metric, oldest first. A point without a value is left out.</summary>
    /// <exception cref="WorkspaceCallException">The telemetry could not be read, or has no such metric.</exception>
    Task<ImmutableArray<MetricPoint>> ReadMetricAsync(MetricQuery query, CancellationToken cancellationToken);
}
