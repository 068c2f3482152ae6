using Sluice.Emulator.Arm;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Monitoring;

/// <summary>
/// The metrics of a kind of resource. Names, units and dimensions are those of Azure Monitor's reference of supported metrics for
/// <c>Microsoft.MachineLearningServices/workspaces/onlineEndpoints</c> and its <c>/deployments</c>.
/// </summary>
/// <param name="Namespace">The metric namespace: the resource type.</param>
/// <param name="Metrics">The metrics.</param>
internal sealed record MetricCatalogue(string Namespace, params IReadOnlyList<MetricDefinition> Metrics)
{
    private const string EndpointType = $"{ArmScope.Provider}/workspaces/onlineEndpoints";
    private const string Count = "Count";
    private const string MilliSeconds = "MilliSeconds";
    private const string Percent = "Percent";
    private const string InstanceId = "instanceId";
    private static readonly int[] Percents = [50, 90, 95, 99];

    /// <summary>The metrics of an endpoint.</summary>
    public static MetricCatalogue OfEndpoint { get; } = new(
        EndpointType,
        [
            new("RequestsPerMinute", "Requests Per Minute", "The number of requests sent to the online endpoint within a minute.", Count,
                Measures.Requests, Measures.Deployment, Measures.StatusCode, Measures.StatusCodeClass, Measures.ModelStatusCode),
            new("RequestLatency", "Request Latency", "The mean time taken to answer a request.", MilliSeconds,
                Measures.MeanLatency, Measures.Deployment),
            .. Quantiles(Measures.Deployment),
            new("ConnectionsActive", "Connections Active", "The number of concurrent TCP connections from clients.", Count, Measure: null),
            new("NewConnectionsPerSecond", "New Connections Per Second", "New TCP connections from clients a second.", "CountPerSecond",
                Measure: null),
            new("NetworkBytes", "Network Bytes", "The bytes per second served for the endpoint.", "BytesPerSecond", Measure: null),
            new("DataCollectionEventsPerMinute", "Data Collection Events Per Minute", "Data collection events processed a minute.", Count,
                Measure: null, Measures.Deployment, "type"),
            new("DataCollectionErrorsPerMinute", "Data Collection Errors Per Minute", "Data collection events dropped a minute.", Count,
                Measure: null, Measures.Deployment, "type", "reason"),
        ]);

    /// <summary>The metrics of a deployment.</summary>
    public static MetricCatalogue OfDeployment { get; } = new(
        $"{EndpointType}/deployments",
        [
            new("RequestsPerMinute", "Requests Per Minute", "The number of requests sent to the online deployment within a minute.", Count,
                Measures.Requests, Measures.EnvoyResponseCode),
            .. Quantiles(),
            new("DataCollectionEventsPerMinute", "Data Collection Events Per Minute", "Data collection events processed a minute.", Count,
                Measure: null, InstanceId, "type"),
            new("DataCollectionErrorsPerMinute", "Data Collection Errors Per Minute", "Data collection events dropped a minute.", Count,
                Measure: null, InstanceId, "reason", "type"),
            new("DeploymentCapacity", "Deployment Capacity", "The number of instances in the deployment.", Count,
                Measure: null, InstanceId, "State"),
            new("CpuUtilizationPercentage", "CPU Utilization Percentage", "Use of the processors of an instance.", Percent,
                Measure: null, InstanceId),
            new("CpuMemoryUtilizationPercentage", "CPU Memory Utilization Percentage", "Use of the memory of an instance.", Percent,
                Measure: null, InstanceId),
            new("DiskUtilization", "Disk Utilization", "Use of the disk of an instance.", Percent, Measure: null, InstanceId, "disk"),
            new("GpuUtilizationPercentage", "GPU Utilization Percentage", "Use of the graphics processors of an instance.", Percent,
                Measure: null, InstanceId),
            new("GpuMemoryUtilizationPercentage", "GPU Memory Utilization Percentage", "Use of an instance's graphics memory.", Percent,
                Measure: null, InstanceId),
            new("GpuEnergyJoules", "GPU Energy in Joules", "Energy that the graphics processors of an instance took.", Count,
                Measure: null, InstanceId),
        ]);

    /// <summary>The metric of that name, whatever its case.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public MetricDefinition Find(string name) =>
        Metrics.FirstOrDefault(metric => metric.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw Refuse.Query(
            $"Failed to find metric configuration for provider: {ArmScope.Provider}, "
            + $"resource Type: {Namespace[(ArmScope.Provider.Length + 1)..]}, metric: {name}, "
            + $"Valid metrics: {string.Join(",", Metrics.Select(metric => metric.Name))}");

    /// <summary>Checks the namespace that a request names.</summary>
    /// <param name="name">The name; null or empty for none, which is any.</param>
    /// <exception cref="RefusedException">It is another one.</exception>
    public void RequireNamespace(string? name)
    {
        if (!string.IsNullOrEmpty(name) && !name.Equals(Namespace, StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse.Query($"{name} is not a supported platform metric namespace, supported ones are {Namespace}");
        }
    }

    private static IEnumerable<MetricDefinition> Quantiles(params string[] dimensions) =>
        from percent in Percents
        select new MetricDefinition(
            $"RequestLatency_P{percent}",
            $"Request Latency P{percent}",
            $"The time that {percent} percent of the requests did not exceed.",
            MilliSeconds,
            Measures.LatencyQuantile(percent / 100.0),
            dimensions);
}
