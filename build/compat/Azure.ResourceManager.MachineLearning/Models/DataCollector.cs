using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Which payloads a deployment collects.</summary>
public class DataCollector
{
    /// <summary>Makes a collector with the one member that is required.</summary>
    /// <param name="collections">The collections by name.</param>
    public DataCollector(IDictionary<string, DataCollectionConfiguration> collections) => Collections = collections;

    /// <summary>The collections by name; <c>request</c> and <c>response</c> are the payloads of scoring.</summary>
    public IDictionary<string, DataCollectionConfiguration> Collections { get; }

    /// <summary>Headers of the request that are collected besides the payload.</summary>
    [JsonIgnore]
    public IList<string>? RequestLoggingCaptureHeaders
    {
        get => RequestLogging?.CaptureHeaders;
        set => RequestLogging = value is null ? null : new RequestLoggingSettings { CaptureHeaders = value };
    }

    /// <summary>How often a new folder is begun.</summary>
    public RollingRateType? RollingRate { get; set; }

    [JsonInclude]
    internal RequestLoggingSettings? RequestLogging { get; set; }

    /// <summary>The member that the captured headers stand in on the wire.</summary>
    internal sealed class RequestLoggingSettings
    {
        /// <summary>The headers.</summary>
        public IList<string>? CaptureHeaders { get; set; }
    }
}
