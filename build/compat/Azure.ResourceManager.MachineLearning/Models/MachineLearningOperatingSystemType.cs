namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// An operating system. An open set: a value that the service adds later is kept as it came. Values compare without regard to case.
/// </summary>
public readonly struct MachineLearningOperatingSystemType
    : IEquatable<MachineLearningOperatingSystemType>, IExtensibleEnum<MachineLearningOperatingSystemType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningOperatingSystemType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Linux.</summary>
    public static MachineLearningOperatingSystemType Linux { get; } = new("Linux");

    /// <summary>Windows.</summary>
    public static MachineLearningOperatingSystemType Windows { get; } = new("Windows");

    static MachineLearningOperatingSystemType IExtensibleEnum<MachineLearningOperatingSystemType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningOperatingSystemType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningOperatingSystemType left, MachineLearningOperatingSystemType right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningOperatingSystemType left, MachineLearningOperatingSystemType right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningOperatingSystemType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningOperatingSystemType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value ?? string.Empty;
}
