namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The tags to change.</summary>
public class MachineLearningResourcePatch
{
    /// <summary>Makes an empty patch.</summary>
    public MachineLearningResourcePatch()
    {
    }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; } = new UntouchedDictionary<string>();
}
