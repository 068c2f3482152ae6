using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>A SKU that a deployment could have.</summary>
public class MachineLearningSkuDetail
{
    [JsonConstructor]
    internal MachineLearningSkuDetail()
    {
    }

    /// <summary>The bounds of its capacity.</summary>
    [ReadOnlyOnWire]
    public MachineLearningSkuCapacity? Capacity { get; internal set; }

    /// <summary>The kind of resource that it is for.</summary>
    [ReadOnlyOnWire]
    public string? ResourceType { get; internal set; }

    /// <summary>Its name.</summary>
    [ReadOnlyOnWire]
    public MachineLearningSkuSetting? Sku { get; internal set; }
}
