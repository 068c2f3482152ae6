using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of one version of an environment.</summary>
public class MachineLearningEnvironmentVersionProperties : MachineLearningAssetBase
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningEnvironmentVersionProperties()
    {
    }

    /// <summary>What the image is built of; null when <see cref="Image"/> names one.</summary>
    public MachineLearningBuildContext? Build { get; set; }

    /// <summary>The text of the conda file; null for none.</summary>
    public string? CondaFile { get; set; }

    /// <summary>The base image; null when it is built.</summary>
    public string? Image { get; set; }

    /// <summary>How the container of an image of one's own is asked; null for Azure's own inference server.</summary>
    public MachineLearningInferenceContainerProperties? InferenceConfig { get; set; }

    /// <summary>The operating system of the image.</summary>
    [JsonPropertyName("osType")]
    public MachineLearningOperatingSystemType? OSType { get; set; }

    /// <summary>The state of the version.</summary>
    [ReadOnlyOnWire]
    public RegistryAssetProvisioningState? ProvisioningState { get; internal set; }
}
