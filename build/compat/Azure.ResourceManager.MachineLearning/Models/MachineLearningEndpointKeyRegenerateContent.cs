namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Which key to make anew.</summary>
public class MachineLearningEndpointKeyRegenerateContent
{
    /// <summary>Asks for a new key.</summary>
    /// <param name="keyType">Which of the two.</param>
    public MachineLearningEndpointKeyRegenerateContent(MachineLearningKeyType keyType) => KeyType = keyType;

    /// <summary>Which of the two.</summary>
    public MachineLearningKeyType KeyType { get; }

    /// <summary>The value to set; null lets the service choose.</summary>
    public string? KeyValue { get; set; }
}
