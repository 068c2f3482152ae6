namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The tags and the SKU to change.</summary>
public class MachineLearningOnlineDeploymentPatch : MachineLearningResourcePatch
{
    /// <summary>Makes an empty patch.</summary>
    public MachineLearningOnlineDeploymentPatch()
    {
    }

    /// <summary>The SKU; its capacity is the number of machines.</summary>
    public MachineLearningSkuPatch? Sku { get; set; }
}
