namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What an environment's image is built of.</summary>
public class MachineLearningBuildContext
{
    /// <summary>Makes a context with the one member that is required.</summary>
    /// <param name="contextUri">Where the folder lies.</param>
    public MachineLearningBuildContext(Uri contextUri)
    {
        ArgumentNullException.ThrowIfNull(contextUri);
        ContextUri = contextUri;
    }

    /// <summary>Where the folder lies.</summary>
    public Uri ContextUri { get; set; }

    /// <summary>The Dockerfile's path in it; null for <c>Dockerfile</c>.</summary>
    public string? DockerfilePath { get; set; }
}
