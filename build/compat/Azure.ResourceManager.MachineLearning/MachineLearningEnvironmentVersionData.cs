using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>One version of an environment.</summary>
public class MachineLearningEnvironmentVersionData : ResourceData
{
    /// <summary>Makes a version to send.</summary>
    /// <param name="properties">The properties.</param>
    public MachineLearningEnvironmentVersionData(MachineLearningEnvironmentVersionProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        Properties = properties;
    }

    internal MachineLearningEnvironmentVersionData(ArmEnvelope<MachineLearningEnvironmentVersionProperties> body)
        : base(body.Id!, body.Name!, body.ResourceTypeOr(MachineLearningEnvironmentVersionResource.ResourceType), body.SystemData!) =>
            Properties = body.RequiredProperties;

    /// <summary>The properties.</summary>
    public MachineLearningEnvironmentVersionProperties Properties { get; set; }

    internal static MachineLearningEnvironmentVersionData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<MachineLearningEnvironmentVersionProperties>>(response));

    internal BinaryData Write() => WireJson.Write(new ArmEnvelope<MachineLearningEnvironmentVersionProperties> { Properties = Properties });
}
