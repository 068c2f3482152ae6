using System.Collections.Immutable;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;
using Sluice.AzureML.Models;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>The SDK's view of endpoints and deployments in the words of the rollout.</summary>
internal static class StateReader
{
    /// <summary>An endpoint with its deployments.</summary>
    public static EndpointState Endpoint(
        MachineLearningOnlineEndpointData data, IEnumerable<MachineLearningOnlineDeploymentData> deployments) => new()
        {
            Name = NameOf(data),
            State = StateOf(data),
            AuthMode = AuthModeOf(data.Properties.AuthMode),
            ScoringUri = data.Properties.ScoringUri,
            Traffic = TrafficOf(data.Properties.Traffic),
            MirrorTraffic = TrafficOf(data.Properties.MirrorTraffic),
            Tags = TagsOf(data.Tags),
            CreatedAt = data.SystemData?.CreatedOn,
            Deployments = [.. deployments.Select(Deployment).OrderByDescending(deployment => deployment.CreatedAt)],
        };

    /// <summary>The name, which every resource of the service has.</summary>
    /// <exception cref="FormatException">This one has none.</exception>
    public static string NameOf(ResourceData data) => data.Name ?? throw new FormatException("A resource has no name.");

    /// <summary>Where the service is with an endpoint.</summary>
    public static ProvisioningState StateOf(MachineLearningOnlineEndpointData data) =>
        Parse(data.Properties.ProvisioningState?.ToString());

    /// <summary>Where the service is with a deployment.</summary>
    public static ProvisioningState StateOf(MachineLearningOnlineDeploymentData data) =>
        Parse(data.Properties.ProvisioningState?.ToString());

    /// <summary>A traffic map.</summary>
    public static Traffic TrafficOf(IDictionary<string, int>? map) => map is null ? Traffic.None : Traffic.Of(map);

    /// <summary>Tags.</summary>
    public static ImmutableSortedDictionary<string, string> TagsOf(IDictionary<string, string>? tags) =>
        tags is null ? ImmutableSortedDictionary<string, string>.Empty : tags.ToImmutableSortedDictionary();

    private static DeploymentState Deployment(MachineLearningOnlineDeploymentData data)
    {
        var model = ModelIds.Parse(data.Properties.Model);
        return new DeploymentState
        {
            Name = NameOf(data).ToLowerInvariant(),
            State = StateOf(data),
            ModelName = model?.Name,
            ModelVersion = model?.Version,
            ModelRegistry = model?.Registry,
            InstanceType = data.Properties.InstanceType ?? "",
            InstanceCount = data.Sku?.Capacity ?? 1,
            MaxConcurrentRequests = data.Properties.RequestSettings?.MaxConcurrentRequestsPerInstance ?? 1,
            CreatedAt = data.SystemData?.CreatedOn ?? DateTimeOffset.MinValue,
            Tags = TagsOf(data.Tags),
        };
    }

    private static ProvisioningState Parse(string? state) =>
        Enum.TryParse<ProvisioningState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? known
            : ProvisioningState.Unknown;

    private static AuthMode AuthModeOf(MachineLearningEndpointAuthMode mode) =>
        mode == MachineLearningEndpointAuthMode.AmlToken ? AuthMode.AmlToken
        : mode == MachineLearningEndpointAuthMode.AadToken ? AuthMode.AadToken
        : AuthMode.Key;
}
