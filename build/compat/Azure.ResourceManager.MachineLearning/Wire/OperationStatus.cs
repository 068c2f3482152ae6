using System.Text.Json.Serialization;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The members of a polled body that say how far an operation is; either stands at its own level.</summary>
internal sealed class OperationStatus
{
    private static readonly string[] Done = ["Succeeded"];
    private static readonly string[] Lost = ["Failed", "Canceled", "Cancelled"];

    /// <summary>The state in the body of an operation resource.</summary>
    public string? Status { get; init; }

    /// <summary>The members of a resource's body, of which only the state counts here.</summary>
    public StateOfResource? Properties { get; init; }

    /// <summary>The state, wherever it stands; null when the body has none.</summary>
    [JsonIgnore]
    public string? State => Status ?? Properties?.ProvisioningState;

    /// <summary>Whether the state is the good end.</summary>
    [JsonIgnore]
    public bool HasSucceeded => IsOneOf(Done);

    /// <summary>Whether the state is a bad end.</summary>
    [JsonIgnore]
    public bool HasFailed => IsOneOf(Lost);

    private bool IsOneOf(string[] states) => State is { } state && states.Contains(state, StringComparer.OrdinalIgnoreCase);

    /// <summary>The part of a resource's properties that tells its state.</summary>
    internal sealed class StateOfResource
    {
        /// <summary>The resource's state.</summary>
        public string? ProvisioningState { get; init; }
    }
}
