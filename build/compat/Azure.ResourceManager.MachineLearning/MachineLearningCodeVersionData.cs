using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>One version of a code asset.</summary>
public class MachineLearningCodeVersionData : ResourceData
{
    /// <summary>Makes a version to send.</summary>
    /// <param name="properties">The properties.</param>
    public MachineLearningCodeVersionData(MachineLearningCodeVersionProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        Properties = properties;
    }

    internal MachineLearningCodeVersionData(ArmEnvelope<MachineLearningCodeVersionProperties> body)
        : base(body.Id!, body.Name!, body.ResourceTypeOr(MachineLearningCodeVersionResource.ResourceType), body.SystemData!) =>
            Properties = body.RequiredProperties;

    /// <summary>The properties.</summary>
    public MachineLearningCodeVersionProperties Properties { get; set; }

    internal static MachineLearningCodeVersionData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<MachineLearningCodeVersionProperties>>(response));

    internal BinaryData Write() => WireJson.Write(new ArmEnvelope<MachineLearningCodeVersionProperties> { Properties = Properties });
}
