namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The datastore is reached with the key of its account.</summary>
public class MachineLearningAccountKeyDatastoreCredentials : MachineLearningDatastoreCredentials
{
    /// <summary>Makes the credentials.</summary>
    /// <param name="secrets">The key. The service never gives it back here; see <c>GetSecrets</c>.</param>
    public MachineLearningAccountKeyDatastoreCredentials(MachineLearningAccountKeyDatastoreSecrets secrets) => Secrets = secrets;

    /// <summary>The key. The service never gives it back here; see <c>GetSecrets</c>.</summary>
    public MachineLearningAccountKeyDatastoreSecrets Secrets { get; set; }
}
