using System.Text.Json.Serialization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The members that stand around <c>properties</c> in the body of every resource.</summary>
internal sealed class ArmEnvelope<TProperties>
    where TProperties : class
{
    [ReadOnlyOnWire]
    public ResourceIdentifier? Id { get; init; }

    [ReadOnlyOnWire]
    public string? Name { get; init; }

    [ReadOnlyOnWire]
    public string? Type { get; init; }

    [ReadOnlyOnWire]
    public SystemData? SystemData { get; init; }

    public IDictionary<string, string>? Tags { get; init; }

    public string? Location { get; init; }

    public string? Kind { get; init; }

    public ManagedServiceIdentity? Identity { get; init; }

    public MachineLearningSku? Sku { get; init; }

    public TProperties? Properties { get; init; }

    /// <summary>The type as the service names it, or <paramref name="expected"/> where it names none.</summary>
    public ResourceType ResourceTypeOr(ResourceType expected) => Type?.Contains('/', StringComparison.Ordinal) == true ? Type : expected;

    /// <summary>The properties, without which a body is no resource.</summary>
    /// <exception cref="RequestFailedException">The body has none.</exception>
    [JsonIgnore]
    public TProperties RequiredProperties =>
        Properties ?? throw new RequestFailedException($"The body of '{Id}' has no member 'properties'.");
}
