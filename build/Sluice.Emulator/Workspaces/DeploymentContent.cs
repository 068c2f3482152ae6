using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>What a client may set on an online deployment. JSON is kept where the emulator does not look inside.</summary>
/// <param name="Location">The region.</param>
/// <param name="ComputeType"><c>Managed</c>, <c>Kubernetes</c> or <c>AzureMLCompute</c>.</param>
/// <param name="Model">The model's ARM id or asset URI; null when none is given.</param>
/// <param name="InstanceType">The virtual machine size; null for Kubernetes' default.</param>
/// <param name="InstanceCount">Number of instances, at least 1.</param>
/// <param name="RequestTimeout">How long a request may take.</param>
/// <param name="MaxConcurrentRequests">Requests that one instance works on at once.</param>
/// <param name="Tags">The tags, an object.</param>
/// <param name="Identity">The identity as sent, or null.</param>
/// <param name="Sku">Members of the sku beside name, tier and capacity, an object.</param>
/// <param name="Properties">Of <c>properties</c> what the specification has and the client may set, an object.</param>
internal sealed record DeploymentContent(
    string Location,
    string ComputeType,
    string? Model,
    string? InstanceType,
    int InstanceCount,
    TimeSpan RequestTimeout,
    int MaxConcurrentRequests,
    JsonElement Tags,
    JsonElement? Identity,
    JsonElement Sku,
    JsonElement Properties)
{
    /// <summary>The compute type of deployments on Azure's own machines.</summary>
    public const string Managed = "Managed";

    /// <summary>The compute type of deployments on a cluster of one's own.</summary>
    public const string Kubernetes = "Kubernetes";
}
