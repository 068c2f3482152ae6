namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Amounts of a container, in the notation of Kubernetes.</summary>
public class MachineLearningContainerResourceSettings
{
    /// <summary>Makes empty amounts.</summary>
    public MachineLearningContainerResourceSettings()
    {
    }

    /// <summary>Processors, for example <c>1</c> or <c>500m</c>.</summary>
    public string? Cpu { get; set; }

    /// <summary>Graphics processors.</summary>
    public string? Gpu { get; set; }

    /// <summary>Memory, for example <c>2Gi</c>.</summary>
    public string? Memory { get; set; }
}
