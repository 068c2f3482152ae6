namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The SKU of a resource; its capacity is the number of machines of a deployment.</summary>
public class MachineLearningSku
{
    /// <summary>Makes a SKU with the one member that is required.</summary>
    /// <param name="name">The name, for example <c>Default</c>.</param>
    public MachineLearningSku(string name) => Name = name;

    /// <summary>The number of machines.</summary>
    public int? Capacity { get; set; }

    /// <summary>The family of machines.</summary>
    public string? Family { get; set; }

    /// <summary>The name, for example <c>Default</c>.</summary>
    public string Name { get; set; }

    /// <summary>The size.</summary>
    public string? Size { get; set; }

    /// <summary>The tier.</summary>
    public MachineLearningSkuTier? Tier { get; set; }
}
