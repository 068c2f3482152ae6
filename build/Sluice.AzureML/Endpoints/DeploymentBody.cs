using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Assets;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Endpoints;

/// <summary>What is sent to make a deployment.</summary>
internal static class DeploymentBody
{
    /// <summary>The only SKU that online deployments have; its capacity is the number of instances.</summary>
    private const string SkuName = "Default";

    /// <summary>A deployment, managed or on Kubernetes, with code and environment of its own or without.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="model">The id of the model version: of ARM, or the asset id of one in a registry.</param>
    /// <param name="assets">Its code and environment.</param>
    /// <param name="location">The endpoint's region.</param>
    public static MachineLearningOnlineDeploymentData Of(
        DeploymentRequest request, string model, DeploymentAssets assets, AzureLocation location)
    {
        var spec = request.Spec;
        var properties = PropertiesOf(spec);
        properties.Model = model;
        properties.ModelMountPath = spec.ModelMountPath;
        properties.CodeConfiguration = spec.Code is { } code
            ? new MachineLearningCodeConfiguration(code.ScoringScript) { CodeId = assets.Code }
            : null;
        properties.EnvironmentId = assets.Environment;
        properties.Description = spec.Description;
        properties.InstanceType = spec.InstanceType.Length > 0 ? spec.InstanceType : null;
        properties.AppInsightsEnabled = spec.AppInsightsEnabled;
        properties.EnvironmentVariables = new Dictionary<string, string>(spec.EnvironmentVariables);
        properties.Properties = new Dictionary<string, string>(spec.Properties);
        properties.RequestSettings = spec.RequestSettings is { } settings ? Of(settings) : null;
        properties.LivenessProbe = spec.LivenessProbe is { } liveness ? Of(liveness) : null;
        properties.ReadinessProbe = spec.ReadinessProbe is { } readiness ? Of(readiness) : null;
        properties.ScaleSettings = spec.Scale is { } scale ? Of(scale) : null;
        properties.DataCollector = spec.DataCollector is { } collector ? Of(collector) : null;
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

    private static MachineLearningOnlineDeploymentProperties PropertiesOf(DeploymentSpec spec) => spec.ComputeKind switch
    {
        ComputeKind.Managed => new MachineLearningManagedOnlineDeployment
        {
            EgressPublicNetworkAccess = spec.EgressPublicNetworkAccess
                ? MachineLearningEgressPublicNetworkAccessType.Enabled
                : MachineLearningEgressPublicNetworkAccessType.Disabled,
        },
        ComputeKind.Kubernetes => new MachineLearningKubernetesOnlineDeployment
        {
            ContainerResourceRequirements = spec.Resources is { } resources
                ? new MachineLearningContainerResourceRequirements
                {
                    ContainerResourceRequests = resources.Requests is { } requests ? Of(requests) : null,
                    ContainerResourceLimits = resources.Limits is { } limits ? Of(limits) : null,
                }
                : null,
        },
        var other => throw new ArgumentOutOfRangeException(nameof(spec), other, "There is no such kind of compute."),
    };

    private static MachineLearningContainerResourceSettings Of(ResourceAmountsSpec amounts) => new()
    {
        Cpu = amounts.Cpu,
        Memory = amounts.Memory,
        Gpu = amounts.Gpu,
    };

    private static DataCollector Of(DataCollectorSpec collector)
    {
        // The file has one rate for all; the service wants it in each collection.
        var collections = collector.Collections.ToDictionary(
            collection => collection.Key,
            collection => new DataCollectionConfiguration
            {
                DataCollectionMode = collection.Value.IsEnabled ? DataCollectionMode.Enabled : DataCollectionMode.Disabled,
                DataId = collection.Value.DataId,
                ClientId = collection.Value.ClientId,
                SamplingRate = collector.SamplingRate,
            });
        return new DataCollector(collections)
        {
            RollingRate = collector.RollingRate is { } rate ? Of(rate) : default(RollingRateType?),
            RequestLoggingCaptureHeaders = collector.CaptureHeaders.IsEmpty ? null : [.. collector.CaptureHeaders],
        };
    }

    private static RollingRateType Of(RollingRate rate) => rate switch
    {
        RollingRate.Minute => RollingRateType.Minute,
        RollingRate.Hour => RollingRateType.Hour,
        RollingRate.Day => RollingRateType.Day,
        RollingRate.Month => RollingRateType.Month,
        RollingRate.Year => RollingRateType.Year,
        _ => throw new ArgumentOutOfRangeException(nameof(rate), rate, "There is no such rate."),
    };

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

    private static MachineLearningOnlineScaleSettings Of(ScaleSpec scale) => scale switch
    {
        FixedScaleSpec => new MachineLearningDefaultScaleSettings(),
        TargetUtilizationSpec rule => new MachineLearningTargetUtilizationScaleSettings
        {
            MinInstances = rule.MinInstances,
            MaxInstances = rule.MaxInstances,
            PollingInterval = rule.PollingInterval,
            TargetUtilizationPercentage = rule.TargetUtilizationPercentage,
        },
        _ => throw new ArgumentException($"Instances do not follow a {scale.GetType().Name}.", nameof(scale)),
    };
}
