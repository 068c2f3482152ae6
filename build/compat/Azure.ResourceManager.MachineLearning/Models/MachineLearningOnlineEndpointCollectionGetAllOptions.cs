namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Which endpoints to list, and in what order.</summary>
public class MachineLearningOnlineEndpointCollectionGetAllOptions
{
    /// <summary>Asks for all.</summary>
    public MachineLearningOnlineEndpointCollectionGetAllOptions()
    {
    }

    /// <summary>Only those on this compute.</summary>
    public MachineLearningEndpointComputeType? ComputeType { get; set; }

    /// <summary>The most to give on a page.</summary>
    public int? Count { get; set; }

    /// <summary>Only this one.</summary>
    public string? Name { get; set; }

    /// <summary>The order.</summary>
    public MachineLearningOrderString? OrderBy { get; set; }

    /// <summary>Only those with these properties, as <c>name=value</c> separated by commas.</summary>
    public string? Properties { get; set; }

    /// <summary>Where to go on.</summary>
    public string? Skip { get; set; }

    /// <summary>Only those with these tags, as <c>name=value</c> separated by commas.</summary>
    public string? Tags { get; set; }
}
