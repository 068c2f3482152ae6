namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of a deployment on machines that the service manages.</summary>
public class MachineLearningManagedOnlineDeployment : MachineLearningOnlineDeploymentProperties
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningManagedOnlineDeployment()
    {
    }
}
