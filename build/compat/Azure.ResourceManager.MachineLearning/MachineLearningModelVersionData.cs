using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>One version of a model.</summary>
public class MachineLearningModelVersionData : ResourceData
{
    /// <summary>Makes a version to send.</summary>
    /// <param name="properties">The properties.</param>
    public MachineLearningModelVersionData(MachineLearningModelVersionProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        Properties = properties;
    }

    internal MachineLearningModelVersionData(ArmEnvelope<MachineLearningModelVersionProperties> body)
        : base(body.Id!, body.Name!, body.ResourceTypeOr(MachineLearningModelVersionResource.ResourceType), body.SystemData!) =>
            Properties = body.RequiredProperties;

    /// <summary>The properties.</summary>
    public MachineLearningModelVersionProperties Properties { get; set; }

    internal static MachineLearningModelVersionData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<MachineLearningModelVersionProperties>>(response));

    internal BinaryData Write() => WireJson.Write(new ArmEnvelope<MachineLearningModelVersionProperties> { Properties = Properties });
}
