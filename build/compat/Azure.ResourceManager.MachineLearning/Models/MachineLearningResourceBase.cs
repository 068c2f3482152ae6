namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What the properties of assets and datastores have in common.</summary>
public class MachineLearningResourceBase
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningResourceBase()
    {
    }

    /// <summary>A sentence for people.</summary>
    public string? Description { get; set; }

    /// <summary>Properties of the asset. They can be added to and not changed.</summary>
    public IDictionary<string, string> Properties { get; set; } = new UntouchedDictionary<string>();

    /// <summary>Tags of the asset.</summary>
    public IDictionary<string, string> Tags { get; set; } = new UntouchedDictionary<string>();
}
