namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The number of machines follows their load.</summary>
public class MachineLearningTargetUtilizationScaleSettings : MachineLearningOnlineScaleSettings
{
    /// <summary>Makes empty settings.</summary>
    public MachineLearningTargetUtilizationScaleSettings()
    {
    }

    /// <summary>The most machines.</summary>
    public int? MaxInstances { get; set; }

    /// <summary>The fewest machines.</summary>
    public int? MinInstances { get; set; }

    /// <summary>The time between looks at the load.</summary>
    public TimeSpan? PollingInterval { get; set; }

    /// <summary>The load to aim at, in percent.</summary>
    public int? TargetUtilizationPercentage { get; set; }
}
