namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What the properties of all kinds of deployments have in common.</summary>
public class MachineLearningEndpointDeploymentProperties
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningEndpointDeploymentProperties()
    {
    }

    /// <summary>The scoring code; null for an MLflow model deployed without code.</summary>
    public MachineLearningCodeConfiguration? CodeConfiguration { get; set; }

    /// <summary>A sentence for people.</summary>
    public string? Description { get; set; }

    /// <summary>The ARM id of the environment; null for an MLflow model deployed without code.</summary>
    public string? EnvironmentId { get; set; }

    /// <summary>Variables of the container.</summary>
    public IDictionary<string, string> EnvironmentVariables { get; set; } = new UntouchedDictionary<string>();

    /// <summary>Properties of the deployment, some of them set by the service.</summary>
    public IDictionary<string, string> Properties { get; set; } = new UntouchedDictionary<string>();
}
