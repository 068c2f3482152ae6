using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A datastore.</summary>
public class MachineLearningDatastoreData : ResourceData
{
    internal MachineLearningDatastoreData(ArmEnvelope<MachineLearningDatastoreProperties> body)
        : base(body.Id!, body.Name!, body.ResourceTypeOr(MachineLearningDatastoreResource.ResourceType), body.SystemData!) =>
            Properties = body.RequiredProperties;

    /// <summary>The properties.</summary>
    public MachineLearningDatastoreProperties Properties { get; set; }

    internal static MachineLearningDatastoreData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<MachineLearningDatastoreProperties>>(response));
}
