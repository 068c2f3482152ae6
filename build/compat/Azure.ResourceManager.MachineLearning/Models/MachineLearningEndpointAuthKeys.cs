namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The two keys of an endpoint.</summary>
public class MachineLearningEndpointAuthKeys
{
    /// <summary>Makes an empty pair.</summary>
    public MachineLearningEndpointAuthKeys()
    {
    }

    /// <summary>The first key.</summary>
    public string? PrimaryKey { get; set; }

    /// <summary>The second key.</summary>
    public string? SecondaryKey { get; set; }
}
