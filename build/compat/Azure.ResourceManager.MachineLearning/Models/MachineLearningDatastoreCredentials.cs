namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>How the service reaches a datastore.</summary>
public abstract class MachineLearningDatastoreCredentials
{
    /// <summary>Makes empty credentials.</summary>
    protected MachineLearningDatastoreCredentials()
    {
    }
}
