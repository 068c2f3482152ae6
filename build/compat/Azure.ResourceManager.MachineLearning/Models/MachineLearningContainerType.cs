namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// A container of a deployment that writes a log. An open set: a value that the service adds later is kept as it came. Values compare
/// without regard to case.
/// </summary>
public readonly struct MachineLearningContainerType
    : IEquatable<MachineLearningContainerType>, IExtensibleEnum<MachineLearningContainerType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningContainerType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The one that fetches the model.</summary>
    public static MachineLearningContainerType StorageInitializer { get; } = new("StorageInitializer");

    /// <summary>The one that scores.</summary>
    public static MachineLearningContainerType InferenceServer { get; } = new("InferenceServer");

    static MachineLearningContainerType IExtensibleEnum<MachineLearningContainerType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningContainerType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningContainerType left, MachineLearningContainerType right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningContainerType left, MachineLearningContainerType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningContainerType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningContainerType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
