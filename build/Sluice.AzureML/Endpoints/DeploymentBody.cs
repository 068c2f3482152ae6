using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Endpoints;

/// <summary>What is sent to make a deployment.</summary>
internal static class DeploymentBody
{
    /// <summary>The only SKU that managed online deployments have; its capacity is the number of instances.</summary>
    private const string SkuName = "Default";

    /// <summary>A managed deployment of an MLflow model, without code and environment of its own.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="model">The id of the model version: of ARM, or the asset id of one in a registry.</param>
    /// <param name="location">The endpoint's region.</param>
    public static MachineLearningOnlineDeploymentData Of(DeploymentRequest request, string model, AzureLocation location)
    {
        var spec = request.Spec;
        var properties = new MachineLearningManagedOnlineDeployment
        {
            Model = model,
            Description = spec.Description,
            InstanceType = spec.InstanceType,
            AppInsightsEnabled = spec.AppInsightsEnabled,
            EgressPublicNetworkAccess = spec.EgressPublicNetworkAccess
                ? MachineLearningEgressPublicNetworkAccessType.Enabled
                : MachineLearningEgressPublicNetworkAccessType.Disabled,
            EnvironmentVariables = new Dictionary<string, string>(spec.EnvironmentVariables),
            Properties = new Dictionary<string, string>(spec.Properties),
            RequestSettings = spec.RequestSettings is { } settings ? Of(settings) : null,
            LivenessProbe = spec.LivenessProbe is { } liveness ? Of(liveness) : null,
            ReadinessProbe = spec.ReadinessProbe is { } readiness ? Of(readiness) : null,
            ScaleSettings = spec.AutoScale is { } rule ? Of(rule) : new MachineLearningDefaultScaleSettings(),
        };
        var data = new MachineLearningOnlineDeploymentData(location, properties)
        {
            Sku = new MachineLearningSku(SkuName) { Capacity = spec.InstanceCount },
        };
        foreach (var (name, value) in request.Tags)
        {
            data.Tags[name] = value;
        }

        return data;
    }

    private static MachineLearningOnlineRequestSettings Of(RequestSettingsSpec settings) => new()
    {
        RequestTimeout = settings.RequestTimeout,
        MaxConcurrentRequestsPerInstance = settings.MaxConcurrentRequestsPerInstance,
        MaxQueueWait = settings.MaxQueueWait,
    };

    private static MachineLearningProbeSettings Of(ContainerProbeSpec probe) => new()
    {
        InitialDelay = probe.InitialDelay,
        Period = probe.Period,
        Timeout = probe.Timeout,
        SuccessThreshold = probe.SuccessThreshold,
        FailureThreshold = probe.FailureThreshold,
    };

    private static MachineLearningTargetUtilizationScaleSettings Of(TargetUtilizationSpec rule) => new()
    {
        MinInstances = rule.MinInstances,
        MaxInstances = rule.MaxInstances,
        PollingInterval = rule.PollingInterval,
        TargetUtilizationPercentage = rule.TargetUtilizationPercentage,
    };
}
