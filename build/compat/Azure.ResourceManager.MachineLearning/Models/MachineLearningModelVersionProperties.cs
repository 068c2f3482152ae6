namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The properties of one version of a model.</summary>
public class MachineLearningModelVersionProperties : MachineLearningAssetBase
{
    /// <summary>Makes empty properties.</summary>
    public MachineLearningModelVersionProperties()
    {
    }

    /// <summary>The MLflow flavours, by name.</summary>
    public IDictionary<string, MachineLearningFlavorData> Flavors { get; set; } = new UntouchedDictionary<MachineLearningFlavorData>();

    /// <summary>The job that made the model.</summary>
    public string? JobName { get; set; }

    /// <summary>The storage format: <c>custom_model</c>, <c>mlflow_model</c> or <c>triton_model</c>.</summary>
    public string? ModelType { get; set; }

    /// <summary>Where the content lies.</summary>
    public Uri? ModelUri { get; set; }

    /// <summary>The state of the version.</summary>
    [ReadOnlyOnWire]
    public RegistryAssetProvisioningState? ProvisioningState { get; internal set; }

    /// <summary>The stage of life that people gave the version, for example <c>Production</c>.</summary>
    public string? Stage { get; set; }
}
