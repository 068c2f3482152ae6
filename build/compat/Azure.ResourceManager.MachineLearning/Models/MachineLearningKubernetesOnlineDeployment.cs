namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of a deployment on Kubernetes.</summary>
public class MachineLearningKubernetesOnlineDeployment : MachineLearningOnlineDeploymentProperties
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningKubernetesOnlineDeployment()
    {
    }

    /// <summary>What the container asks of the cluster, and its bounds.</summary>
    public MachineLearningContainerResourceRequirements? ContainerResourceRequirements { get; set; }
}
