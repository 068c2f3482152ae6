namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of one version of a code asset.</summary>
public class MachineLearningCodeVersionProperties : MachineLearningAssetBase
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningCodeVersionProperties()
    {
    }

    /// <summary>Where the content lies.</summary>
    public Uri? CodeUri { get; set; }

    /// <summary>The state of the version.</summary>
    [ReadOnlyOnWire]
    public RegistryAssetProvisioningState? ProvisioningState { get; internal set; }
}
