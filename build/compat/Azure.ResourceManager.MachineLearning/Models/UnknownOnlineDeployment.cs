namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>A deployment on a compute that this package has no type for.</summary>
internal sealed class UnknownOnlineDeployment : MachineLearningOnlineDeploymentProperties
{
    /// <summary>The compute as the service names it.</summary>
    public string? EndpointComputeType { get; set; }
}
