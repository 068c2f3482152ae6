using Azure.Core;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The scoring code of a deployment.</summary>
public class MachineLearningCodeConfiguration
{
    /// <summary>Makes a configuration with the one member that is required.</summary>
    /// <param name="scoringScript">The script that scores, relative to the code asset.</param>
    public MachineLearningCodeConfiguration(string scoringScript) => ScoringScript = scoringScript;

    /// <summary>The ARM id of the code asset.</summary>
    public ResourceIdentifier? CodeId { get; set; }

    /// <summary>The script that scores, relative to the code asset.</summary>
    public string ScoringScript { get; set; }
}
