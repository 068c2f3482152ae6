namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>How the number of machines is chosen.</summary>
public abstract class MachineLearningOnlineScaleSettings
{
    /// <summary>Makes empty settings.</summary>
    protected MachineLearningOnlineScaleSettings()
    {
    }
}
