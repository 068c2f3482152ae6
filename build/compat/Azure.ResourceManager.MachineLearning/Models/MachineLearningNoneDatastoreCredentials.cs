namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The datastore is reached with the identity of whoever asks.</summary>
public class MachineLearningNoneDatastoreCredentials : MachineLearningDatastoreCredentials
{
    /// <summary>Makes the credentials.</summary>
    public MachineLearningNoneDatastoreCredentials()
    {
    }
}
