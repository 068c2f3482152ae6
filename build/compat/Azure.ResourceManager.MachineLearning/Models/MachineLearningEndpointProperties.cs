namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What the properties of all kinds of endpoints have in common.</summary>
public class MachineLearningEndpointProperties
{
    /// <summary>Makes properties with the one member that is required.</summary>
    /// <param name="authMode">How callers prove themselves.</param>
    public MachineLearningEndpointProperties(MachineLearningEndpointAuthMode authMode) => AuthMode = authMode;

    /// <summary>How callers prove themselves.</summary>
    public MachineLearningEndpointAuthMode AuthMode { get; set; }

    /// <summary>A sentence for people.</summary>
    public string? Description { get; set; }

    /// <summary>Keys to begin with. The service never gives them back here; see <c>GetKeys</c>.</summary>
    public MachineLearningEndpointAuthKeys? Keys { get; set; }

    /// <summary>Properties of the endpoint, some of them set by the service.</summary>
    public IDictionary<string, string> Properties { get; set; } = new UntouchedDictionary<string>();

    /// <summary>Where to score; null until the endpoint was first created.</summary>
    [ReadOnlyOnWire]
    public Uri? ScoringUri { get; internal set; }

    /// <summary>Where the description of the scoring call lies; null until the endpoint was first created.</summary>
    [ReadOnlyOnWire]
    public Uri? SwaggerUri { get; internal set; }
}
