using System.Text.Json.Serialization;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The members of an identity to change.</summary>
public class MachineLearningPartialManagedServiceIdentity
{
    /// <summary>Makes an empty patch.</summary>
    public MachineLearningPartialManagedServiceIdentity()
    {
    }

    /// <summary>The kind of identity.</summary>
    [JsonIgnore]
    public ManagedServiceIdentityType? ManagedServiceIdentityType { get; set; }

    /// <summary>The user-assigned identities by ARM id; the values are empty objects.</summary>
    public IDictionary<string, BinaryData> UserAssignedIdentities { get; } = new UntouchedDictionary<BinaryData>();

    [JsonInclude]
    internal string? Type => ManagedServiceIdentityType?.ToString();
}
