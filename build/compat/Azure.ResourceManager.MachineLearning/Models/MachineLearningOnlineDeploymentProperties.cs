namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of an online deployment.</summary>
public class MachineLearningOnlineDeploymentProperties : MachineLearningEndpointDeploymentProperties
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningOnlineDeploymentProperties()
    {
    }

    /// <summary>Whether the deployment logs to Application Insights.</summary>
    public bool? AppInsightsEnabled { get; set; }

    /// <summary>Which payloads the deployment collects.</summary>
    public DataCollector? DataCollector { get; set; }

    /// <summary>Whether the deployment may reach the public network.</summary>
    public MachineLearningEgressPublicNetworkAccessType? EgressPublicNetworkAccess { get; set; }

    /// <summary>The size of the machines, for example <c>Standard_DS2_v2</c>.</summary>
    public string? InstanceType { get; set; }

    /// <summary>When the container counts as dead.</summary>
    public MachineLearningProbeSettings? LivenessProbe { get; set; }

    /// <summary>The ARM id of the model version.</summary>
    public string? Model { get; set; }

    /// <summary>Where the model is mounted in the container.</summary>
    public string? ModelMountPath { get; set; }

    /// <summary>The state of the deployment.</summary>
    [ReadOnlyOnWire]
    public MachineLearningDeploymentProvisioningState? ProvisioningState { get; internal set; }

    /// <summary>When the container counts as ready.</summary>
    public MachineLearningProbeSettings? ReadinessProbe { get; set; }

    /// <summary>How requests are queued and timed.</summary>
    public MachineLearningOnlineRequestSettings? RequestSettings { get; set; }

    /// <summary>How the number of machines is chosen.</summary>
    public MachineLearningOnlineScaleSettings? ScaleSettings { get; set; }
}
