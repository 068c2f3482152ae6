using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The log of a container.</summary>
public class MachineLearningDeploymentLogs
{
    [JsonConstructor]
    internal MachineLearningDeploymentLogs()
    {
    }

    /// <summary>The text.</summary>
    [ReadOnlyOnWire]
    public string? Content { get; internal set; }
}
