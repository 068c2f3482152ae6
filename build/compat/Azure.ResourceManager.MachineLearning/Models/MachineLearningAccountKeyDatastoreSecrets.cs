namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The key of a storage account.</summary>
public class MachineLearningAccountKeyDatastoreSecrets : MachineLearningDatastoreSecrets
{
    /// <summary>Makes an empty secret.</summary>
    public MachineLearningAccountKeyDatastoreSecrets()
    {
    }

    /// <summary>The key.</summary>
    public string? Key { get; set; }
}
