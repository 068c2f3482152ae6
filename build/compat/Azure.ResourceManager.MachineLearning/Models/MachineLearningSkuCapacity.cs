using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The bounds of a SKU's capacity, in machines.</summary>
public class MachineLearningSkuCapacity
{
    [JsonConstructor]
    internal MachineLearningSkuCapacity()
    {
    }

    /// <summary>What a deployment gets that asks for nothing.</summary>
    [ReadOnlyOnWire]
    public int? Default { get; internal set; }

    /// <summary>The most.</summary>
    [ReadOnlyOnWire]
    public int? Maximum { get; internal set; }

    /// <summary>The fewest.</summary>
    [ReadOnlyOnWire]
    public int? Minimum { get; internal set; }

    /// <summary>How it is changed.</summary>
    [ReadOnlyOnWire]
    public MachineLearningSkuScaleType? ScaleType { get; internal set; }
}
