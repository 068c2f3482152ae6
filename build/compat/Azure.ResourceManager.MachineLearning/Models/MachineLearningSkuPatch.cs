namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The members of a SKU to change.</summary>
public class MachineLearningSkuPatch
{
    /// <summary>Makes an empty patch.</summary>
    public MachineLearningSkuPatch()
    {
    }

    /// <summary>The number of machines.</summary>
    public int? Capacity { get; set; }

    /// <summary>The family of machines.</summary>
    public string? Family { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The size.</summary>
    public string? Size { get; set; }

    /// <summary>The tier.</summary>
    public MachineLearningSkuTier? Tier { get; set; }
}
