namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// How the capacity of a SKU is changed. An open set: a value that the service adds later is kept as it came. Values compare without regard
/// to case.
/// </summary>
public readonly struct MachineLearningSkuScaleType : IEquatable<MachineLearningSkuScaleType>, IExtensibleEnum<MachineLearningSkuScaleType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningSkuScaleType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>By the service.</summary>
    public static MachineLearningSkuScaleType Automatic { get; } = new("Automatic");

    /// <summary>By the user.</summary>
    public static MachineLearningSkuScaleType Manual { get; } = new("Manual");

    /// <summary>Not at all.</summary>
    public static MachineLearningSkuScaleType None { get; } = new("None");

    static MachineLearningSkuScaleType IExtensibleEnum<MachineLearningSkuScaleType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningSkuScaleType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningSkuScaleType left, MachineLearningSkuScaleType right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningSkuScaleType left, MachineLearningSkuScaleType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningSkuScaleType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningSkuScaleType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
