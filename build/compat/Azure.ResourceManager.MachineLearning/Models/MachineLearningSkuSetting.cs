using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Name and tier of a SKU.</summary>
public class MachineLearningSkuSetting
{
    [JsonConstructor]
    internal MachineLearningSkuSetting()
    {
    }

    /// <summary>The name.</summary>
    [ReadOnlyOnWire]
    public string? Name { get; internal set; }

    /// <summary>The tier.</summary>
    [ReadOnlyOnWire]
    public MachineLearningSkuTier? Tier { get; internal set; }
}
