namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of an online endpoint.</summary>
public class MachineLearningOnlineEndpointProperties : MachineLearningEndpointProperties
{
    /// <summary>Makes properties with the one member that is required.</summary>
    /// <param name="authMode">How callers prove themselves.</param>
    public MachineLearningOnlineEndpointProperties(MachineLearningEndpointAuthMode authMode)
        : base(authMode)
    {
    }

    /// <summary>The ARM id of the compute, for endpoints on Kubernetes.</summary>
    public string? Compute { get; set; }

    /// <summary>The share of the live traffic, in percent, that each deployment gets a copy of; at most 50 in all.</summary>
    public IDictionary<string, int> MirrorTraffic { get; set; } = new UntouchedDictionary<int>();

    /// <summary>The state of the endpoint.</summary>
    [ReadOnlyOnWire]
    public MachineLearningEndpointProvisioningState? ProvisioningState { get; internal set; }

    /// <summary>Whether the endpoint answers from the public network.</summary>
    public MachineLearningPublicNetworkAccessType? PublicNetworkAccess { get; set; }

    /// <summary>The share of the live traffic, in percent, that each deployment answers; the values sum to 0 or 100.</summary>
    public IDictionary<string, int> Traffic { get; set; } = new UntouchedDictionary<int>();
}
