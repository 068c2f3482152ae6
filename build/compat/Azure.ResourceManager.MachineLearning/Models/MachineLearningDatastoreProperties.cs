namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What the properties of all kinds of datastores have in common.</summary>
public class MachineLearningDatastoreProperties : MachineLearningResourceBase
{
    /// <summary>Makes properties with the one member that is required.</summary>
    /// <param name="credentials">How the service reaches the store.</param>
    public MachineLearningDatastoreProperties(MachineLearningDatastoreCredentials credentials) => Credentials = credentials;

    /// <summary>How the service reaches the store.</summary>
    public MachineLearningDatastoreCredentials Credentials { get; set; }

    /// <summary>Whether it is the workspace's default store.</summary>
    [ReadOnlyOnWire]
    public bool? IsDefault { get; internal set; }
}
