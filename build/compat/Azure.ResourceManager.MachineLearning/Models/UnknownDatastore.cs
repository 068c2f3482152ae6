namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>A datastore of a kind that this package has no type for.</summary>
internal sealed class UnknownDatastore(MachineLearningDatastoreCredentials credentials) : MachineLearningDatastoreProperties(credentials)
{
    /// <summary>The kind as the service names it.</summary>
    public string? DatastoreType { get; set; }
}
