using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;
using Sluice.Rollouts.State;

namespace Sluice.Inspection;

/// <summary>What <c>Status --output=json</c> prints: the endpoint as it is. Members are only ever added.</summary>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="Endpoint">The endpoint; null when it does not exist.</param>
/// <param name="Deployments">Its deployments, those with traffic first.</param>
/// <param name="Rollout">The latest rollout, as the endpoint's tags tell it; null when there was none.</param>
[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
internal sealed record StatusDocument(
    string Workspace,
    StatusDocument.EndpointPart? Endpoint,
    IReadOnlyList<StatusDocument.DeploymentPart> Deployments,
    StatusDocument.RolloutPart? Rollout)
{
    /// <summary>The document of a look.</summary>
    public static StatusDocument Of(string workspace, EndpointState? endpoint) => endpoint is null
        ? new(workspace, null, [], null)
        : new(
            workspace,
            new(endpoint.Name, endpoint.State, endpoint.ScoringUri, endpoint.Traffic.Percents, endpoint.MirrorTraffic.Percents),
            [.. endpoint.Deployments
                .OrderByDescending(deployment => endpoint.Traffic[deployment.Name])
                .Select(deployment => new DeploymentPart(
                    deployment.Name,
                    deployment.State,
                    deployment.ModelName,
                    deployment.ModelVersion,
                    deployment.ModelRegistry,
                    deployment.InstanceType,
                    deployment.InstanceCount,
                    endpoint.Traffic[deployment.Name],
                    endpoint.MirrorTraffic[deployment.Name]))],
            endpoint.Mark is { } mark ? new(mark.RolloutId, mark.Stable, mark.Candidate, mark.Status) : null);

    /// <summary>The endpoint.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record EndpointPart(
        string Name,
        [property: JsonConverter(typeof(StringEnumConverter))] ProvisioningState State,
        Uri? ScoringUri,
        IReadOnlyDictionary<string, int> Traffic,
        IReadOnlyDictionary<string, int> MirrorTraffic);

    /// <summary>A deployment; traffic in percent.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record DeploymentPart(
        string Name,
        [property: JsonConverter(typeof(StringEnumConverter))] ProvisioningState State,
        string? Model,
        string? ModelVersion,
        string? ModelRegistry,
        string InstanceType,
        int InstanceCount,
        int Traffic,
        int MirrorTraffic);

    /// <summary>The latest rollout.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record RolloutPart(
        string Id,
        string Stable,
        string Candidate,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(KebabCaseNamingStrategy))] RolloutStatus Status);
}
