namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// Whether a deployment may reach the public network. An open set: a value that the service adds later is kept as it came. Values compare
/// without regard to case.
/// </summary>
public readonly struct MachineLearningEgressPublicNetworkAccessType
    : IEquatable<MachineLearningEgressPublicNetworkAccessType>, IExtensibleEnum<MachineLearningEgressPublicNetworkAccessType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningEgressPublicNetworkAccessType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>It may.</summary>
    public static MachineLearningEgressPublicNetworkAccessType Enabled { get; } = new("Enabled");

    /// <summary>It may not.</summary>
    public static MachineLearningEgressPublicNetworkAccessType Disabled { get; } = new("Disabled");

    static MachineLearningEgressPublicNetworkAccessType IExtensibleEnum<MachineLearningEgressPublicNetworkAccessType>.From(string value) =>
        new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningEgressPublicNetworkAccessType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningEgressPublicNetworkAccessType left, MachineLearningEgressPublicNetworkAccessType right) =>
        left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningEgressPublicNetworkAccessType left, MachineLearningEgressPublicNetworkAccessType right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningEgressPublicNetworkAccessType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningEgressPublicNetworkAccessType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
