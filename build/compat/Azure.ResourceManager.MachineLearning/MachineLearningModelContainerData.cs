using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A model, which holds its versions.</summary>
public class MachineLearningModelContainerData : ResourceData
{
    /// <summary>Makes a model to send.</summary>
    /// <param name="properties">The properties.</param>
    public MachineLearningModelContainerData(MachineLearningModelContainerProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        Properties = properties;
    }

    internal MachineLearningModelContainerData(ArmEnvelope<MachineLearningModelContainerProperties> body)
        : base(body.Id!, body.Name!, body.ResourceTypeOr(MachineLearningModelContainerResource.ResourceType), body.SystemData!) =>
            Properties = body.RequiredProperties;

    /// <summary>The properties.</summary>
    public MachineLearningModelContainerProperties Properties { get; set; }

    internal static MachineLearningModelContainerData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<MachineLearningModelContainerProperties>>(response));

    internal BinaryData Write() => WireJson.Write(new ArmEnvelope<MachineLearningModelContainerProperties> { Properties = Properties });
}
