namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// Whether an endpoint answers from the public network. An open set: a value that the service adds later is kept as it came. Values compare
/// without regard to case.
/// </summary>
public readonly struct MachineLearningPublicNetworkAccessType
    : IEquatable<MachineLearningPublicNetworkAccessType>, IExtensibleEnum<MachineLearningPublicNetworkAccessType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningPublicNetworkAccessType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>It answers.</summary>
    public static MachineLearningPublicNetworkAccessType Enabled { get; } = new("Enabled");

    /// <summary>It answers through private endpoints only.</summary>
    public static MachineLearningPublicNetworkAccessType Disabled { get; } = new("Disabled");

    static MachineLearningPublicNetworkAccessType IExtensibleEnum<MachineLearningPublicNetworkAccessType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningPublicNetworkAccessType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningPublicNetworkAccessType left, MachineLearningPublicNetworkAccessType right) =>
        left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningPublicNetworkAccessType left, MachineLearningPublicNetworkAccessType right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningPublicNetworkAccessType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningPublicNetworkAccessType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
