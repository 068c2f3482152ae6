namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// State of an endpoint's last operation. An open set: a value that the service adds later is kept as it came. Values compare without
/// regard to case.
/// </summary>
public readonly struct MachineLearningEndpointProvisioningState
    : IEquatable<MachineLearningEndpointProvisioningState>, IExtensibleEnum<MachineLearningEndpointProvisioningState>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningEndpointProvisioningState(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The endpoint is being created.</summary>
    public static MachineLearningEndpointProvisioningState Creating { get; } = new("Creating");

    /// <summary>The endpoint is being deleted.</summary>
    public static MachineLearningEndpointProvisioningState Deleting { get; } = new("Deleting");

    /// <summary>Nothing is under way.</summary>
    public static MachineLearningEndpointProvisioningState Succeeded { get; } = new("Succeeded");

    /// <summary>The last operation failed.</summary>
    public static MachineLearningEndpointProvisioningState Failed { get; } = new("Failed");

    /// <summary>An update is under way; other writes are refused.</summary>
    public static MachineLearningEndpointProvisioningState Updating { get; } = new("Updating");

    /// <summary>The last operation was cancelled.</summary>
    public static MachineLearningEndpointProvisioningState Canceled { get; } = new("Canceled");

    static MachineLearningEndpointProvisioningState IExtensibleEnum<MachineLearningEndpointProvisioningState>.From(string value) =>
        new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningEndpointProvisioningState(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningEndpointProvisioningState left, MachineLearningEndpointProvisioningState right) =>
        left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningEndpointProvisioningState left, MachineLearningEndpointProvisioningState right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningEndpointProvisioningState other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningEndpointProvisioningState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
