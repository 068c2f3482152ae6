namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>How a container is probed.</summary>
public class MachineLearningProbeSettings
{
    /// <summary>Makes empty settings.</summary>
    public MachineLearningProbeSettings()
    {
    }

    /// <summary>Failures in a row that count as one.</summary>
    public int? FailureThreshold { get; set; }

    /// <summary>The wait before the first probe.</summary>
    public TimeSpan? InitialDelay { get; set; }

    /// <summary>The time between probes.</summary>
    public TimeSpan? Period { get; set; }

    /// <summary>Successes in a row that count as one.</summary>
    public int? SuccessThreshold { get; set; }

    /// <summary>How long a probe may take.</summary>
    public TimeSpan? Timeout { get; set; }
}
