namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>A secret that this package has no type for; its value is not read.</summary>
internal sealed class UnknownDatastoreSecrets : MachineLearningDatastoreSecrets
{
    /// <summary>The kind as the service names it.</summary>
    public string? SecretsType { get; set; }
}
