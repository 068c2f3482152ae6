namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// Whether a workspace answers from the public network. An open set: a value that the service adds later is kept as it came. Values compare
/// without regard to case.
/// </summary>
public readonly struct MachineLearningPublicNetworkAccess
    : IEquatable<MachineLearningPublicNetworkAccess>, IExtensibleEnum<MachineLearningPublicNetworkAccess>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningPublicNetworkAccess(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>It answers.</summary>
    public static MachineLearningPublicNetworkAccess Enabled { get; } = new("Enabled");

    /// <summary>It answers through private endpoints only.</summary>
    public static MachineLearningPublicNetworkAccess Disabled { get; } = new("Disabled");

    static MachineLearningPublicNetworkAccess IExtensibleEnum<MachineLearningPublicNetworkAccess>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningPublicNetworkAccess(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningPublicNetworkAccess left, MachineLearningPublicNetworkAccess right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningPublicNetworkAccess left, MachineLearningPublicNetworkAccess right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningPublicNetworkAccess other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningPublicNetworkAccess other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
