namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>What an MLflow flavour says about a model.</summary>
public class MachineLearningFlavorData
{
    /// <summary>Makes an empty flavour.</summary>
    public MachineLearningFlavorData()
    {
    }

    /// <summary>The flavour's own entries.</summary>
    public IDictionary<string, string> Data { get; set; } = new UntouchedDictionary<string>();
}
