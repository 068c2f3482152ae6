namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>A shared access signature.</summary>
public class MachineLearningSasDatastoreSecrets : MachineLearningDatastoreSecrets
{
    /// <summary>Makes an empty secret.</summary>
    public MachineLearningSasDatastoreSecrets()
    {
    }

    /// <summary>The signature.</summary>
    public string? SasToken { get; set; }
}
