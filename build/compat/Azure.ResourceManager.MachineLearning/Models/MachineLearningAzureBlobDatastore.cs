namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of a datastore in a blob container.</summary>
public class MachineLearningAzureBlobDatastore : MachineLearningDatastoreProperties
{
    /// <summary>Makes properties with the one member that is required.</summary>
    /// <param name="credentials">How the service reaches the store.</param>
    public MachineLearningAzureBlobDatastore(MachineLearningDatastoreCredentials credentials)
        : base(credentials)
    {
    }

    /// <summary>The storage account.</summary>
    public string? AccountName { get; set; }

    /// <summary>The container.</summary>
    public string? ContainerName { get; set; }

    /// <summary>The domain of the cloud, for example <c>core.windows.net</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The protocol: <c>https</c>.</summary>
    public string? Protocol { get; set; }

    /// <summary>Whose identity the service uses to reach the store.</summary>
    public MachineLearningServiceDataAccessAuthIdentity? ServiceDataAccessAuthIdentity { get; set; }
}
