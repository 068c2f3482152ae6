namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Which log to fetch.</summary>
public class MachineLearningDeploymentLogsContent
{
    /// <summary>Asks for the log of the scoring container.</summary>
    public MachineLearningDeploymentLogsContent()
    {
    }

    /// <summary>The container; null for the one that scores.</summary>
    public MachineLearningContainerType? ContainerType { get; set; }

    /// <summary>How many of the last lines; null for the service's own choice.</summary>
    public int? Tail { get; set; }
}
