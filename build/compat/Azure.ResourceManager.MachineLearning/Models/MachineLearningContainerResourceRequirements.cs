namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What a container asks of a cluster, and its bounds.</summary>
public class MachineLearningContainerResourceRequirements
{
    /// <summary>Makes empty requirements.</summary>
    public MachineLearningContainerResourceRequirements()
    {
    }

    /// <summary>The bounds.</summary>
    public MachineLearningContainerResourceSettings? ContainerResourceLimits { get; set; }

    /// <summary>What is asked.</summary>
    public MachineLearningContainerResourceSettings? ContainerResourceRequests { get; set; }
}
