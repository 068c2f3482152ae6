namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The tags and the identity to change.</summary>
public class MachineLearningResourcePatchWithIdentity : MachineLearningResourcePatch
{
    /// <summary>Makes an empty patch.</summary>
    public MachineLearningResourcePatchWithIdentity()
    {
    }

    /// <summary>The identity.</summary>
    public MachineLearningPartialManagedServiceIdentity? Identity { get; set; }
}
