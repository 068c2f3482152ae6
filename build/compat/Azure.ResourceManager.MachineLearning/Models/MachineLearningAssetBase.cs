namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What the versions of all kinds of assets have in common.</summary>
public class MachineLearningAssetBase : MachineLearningResourceBase
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningAssetBase()
    {
    }

    /// <summary>Whether the service gave the name itself.</summary>
    public bool? IsAnonymous { get; set; }

    /// <summary>Whether the version is hidden from lists.</summary>
    public bool? IsArchived { get; set; }
}
