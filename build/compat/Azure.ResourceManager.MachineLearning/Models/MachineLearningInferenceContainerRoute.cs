namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>A path of a container and its port.</summary>
public class MachineLearningInferenceContainerRoute
{
    /// <summary>Makes a route.</summary>
    /// <param name="path">The path.</param>
    /// <param name="port">The port in the container.</param>
    public MachineLearningInferenceContainerRoute(string path, int port)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path;
        Port = port;
    }

    /// <summary>The path.</summary>
    public string Path { get; set; }

    /// <summary>The port in the container.</summary>
    public int Port { get; set; }
}
