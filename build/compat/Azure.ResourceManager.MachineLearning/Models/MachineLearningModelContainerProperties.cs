namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of a model, which holds its versions.</summary>
public class MachineLearningModelContainerProperties : MachineLearningAssetContainer
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningModelContainerProperties()
    {
    }

    /// <summary>The state of the container.</summary>
    [ReadOnlyOnWire]
    public RegistryAssetProvisioningState? ProvisioningState { get; internal set; }
}
