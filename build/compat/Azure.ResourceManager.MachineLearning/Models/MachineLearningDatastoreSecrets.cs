namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The secret of a datastore.</summary>
public abstract class MachineLearningDatastoreSecrets
{
    /// <summary>Makes an empty secret.</summary>
    protected MachineLearningDatastoreSecrets()
    {
    }
}
