namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// What a deployment runs on. An open set: a value that the service adds later is kept as it came. Values compare without regard to case.
/// </summary>
public readonly struct MachineLearningEndpointComputeType
    : IEquatable<MachineLearningEndpointComputeType>, IExtensibleEnum<MachineLearningEndpointComputeType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningEndpointComputeType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Machines that the service manages.</summary>
    public static MachineLearningEndpointComputeType Managed { get; } = new("Managed");

    /// <summary>A Kubernetes cluster of the subscriber.</summary>
    public static MachineLearningEndpointComputeType Kubernetes { get; } = new("Kubernetes");

    /// <summary>A compute cluster of the workspace.</summary>
    public static MachineLearningEndpointComputeType AmlCompute { get; } = new("AzureMLCompute");

    static MachineLearningEndpointComputeType IExtensibleEnum<MachineLearningEndpointComputeType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningEndpointComputeType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningEndpointComputeType left, MachineLearningEndpointComputeType right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningEndpointComputeType left, MachineLearningEndpointComputeType right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningEndpointComputeType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningEndpointComputeType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
