namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Scale settings that this package has no type for.</summary>
internal sealed class UnknownOnlineScaleSettings : MachineLearningOnlineScaleSettings
{
    /// <summary>The kind as the service names it.</summary>
    public string? ScaleType { get; set; }
}
