using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>A token for an endpoint.</summary>
public class MachineLearningEndpointAuthToken
{
    [JsonConstructor]
    internal MachineLearningEndpointAuthToken()
    {
    }

    /// <summary>The token.</summary>
    [ReadOnlyOnWire]
    public string? AccessToken { get; internal set; }

    /// <summary>When it ends.</summary>
    [ReadOnlyOnWire]
    [JsonPropertyName("expiryTimeUtc")]
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? ExpireOn { get; internal set; }

    /// <summary>When to ask for another.</summary>
    [ReadOnlyOnWire]
    [JsonPropertyName("refreshAfterTimeUtc")]
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? RefreshOn { get; internal set; }

    /// <summary>The kind of token: <c>Bearer</c>.</summary>
    [ReadOnlyOnWire]
    public string? TokenType { get; internal set; }
}
