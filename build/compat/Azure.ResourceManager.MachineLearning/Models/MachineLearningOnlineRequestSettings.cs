namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>How the requests to a deployment are queued and timed.</summary>
public class MachineLearningOnlineRequestSettings
{
    /// <summary>Makes empty settings.</summary>
    public MachineLearningOnlineRequestSettings()
    {
    }

    /// <summary>Requests that one instance works on at a time.</summary>
    public int? MaxConcurrentRequestsPerInstance { get; set; }

    /// <summary>How long a request may stand in the queue.</summary>
    public TimeSpan? MaxQueueWait { get; set; }

    /// <summary>How long a request may take; at most 180 s on managed endpoints.</summary>
    public TimeSpan? RequestTimeout { get; set; }
}
