namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Credentials that this package has no type for.</summary>
internal sealed class UnknownDatastoreCredentials : MachineLearningDatastoreCredentials
{
    /// <summary>The kind as the service names it.</summary>
    public string? CredentialsType { get; set; }
}
