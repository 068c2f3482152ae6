namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What the containers of all kinds of assets have in common.</summary>
public class MachineLearningAssetContainer : MachineLearningResourceBase
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningAssetContainer()
    {
    }

    /// <summary>Whether the container is hidden from lists.</summary>
    public bool? IsArchived { get; set; }

    /// <summary>The version that was made last.</summary>
    [ReadOnlyOnWire]
    public string? LatestVersion { get; internal set; }

    /// <summary>The version that a new one should get.</summary>
    [ReadOnlyOnWire]
    public string? NextVersion { get; internal set; }
}
