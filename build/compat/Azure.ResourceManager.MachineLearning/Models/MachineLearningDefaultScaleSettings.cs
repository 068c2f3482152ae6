namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The capacity of the SKU is the number of machines.</summary>
public class MachineLearningDefaultScaleSettings : MachineLearningOnlineScaleSettings
{
    /// <summary>Makes the settings.</summary>
    public MachineLearningDefaultScaleSettings()
    {
    }
}
