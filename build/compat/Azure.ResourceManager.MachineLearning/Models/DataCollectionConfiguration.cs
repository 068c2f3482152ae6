namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>How one collection of payloads is kept.</summary>
public class DataCollectionConfiguration
{
    /// <summary>Makes an empty configuration.</summary>
    public DataCollectionConfiguration()
    {
    }

    /// <summary>The client that writes the collection.</summary>
    public string? ClientId { get; set; }

    /// <summary>Whether it is collected.</summary>
    public DataCollectionMode? DataCollectionMode { get; set; }

    /// <summary>The ARM id of the data asset that receives it.</summary>
    public string? DataId { get; set; }

    /// <summary>The share that is kept, from 0 to 1.</summary>
    public double? SamplingRate { get; set; }
}
