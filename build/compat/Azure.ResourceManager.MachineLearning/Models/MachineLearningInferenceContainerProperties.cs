namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>How the container of an image of one's own is asked.</summary>
public class MachineLearningInferenceContainerProperties
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningInferenceContainerProperties()
    {
    }

    /// <summary>Where it is asked whether it lives.</summary>
    public MachineLearningInferenceContainerRoute? LivenessRoute { get; set; }

    /// <summary>Where it is asked whether it is ready.</summary>
    public MachineLearningInferenceContainerRoute? ReadinessRoute { get; set; }

    /// <summary>Where it scores.</summary>
    public MachineLearningInferenceContainerRoute? ScoringRoute { get; set; }
}
