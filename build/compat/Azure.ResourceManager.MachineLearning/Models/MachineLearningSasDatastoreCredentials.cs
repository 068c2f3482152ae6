namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The datastore is reached with a shared access signature.</summary>
public class MachineLearningSasDatastoreCredentials : MachineLearningDatastoreCredentials
{
    /// <summary>Makes the credentials.</summary>
    /// <param name="secrets">The signature. The service never gives it back here; see <c>GetSecrets</c>.</param>
    public MachineLearningSasDatastoreCredentials(MachineLearningSasDatastoreSecrets secrets) => Secrets = secrets;

    /// <summary>The signature. The service never gives it back here; see <c>GetSecrets</c>.</summary>
    public MachineLearningSasDatastoreSecrets Secrets { get; set; }
}
