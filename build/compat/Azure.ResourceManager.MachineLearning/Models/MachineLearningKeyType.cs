namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// Which of the two keys of an endpoint. An open set: a value that the service adds later is kept as it came. Values compare without regard
/// to case.
/// </summary>
public readonly struct MachineLearningKeyType : IEquatable<MachineLearningKeyType>, IExtensibleEnum<MachineLearningKeyType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningKeyType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The first key.</summary>
    public static MachineLearningKeyType Primary { get; } = new("Primary");

    /// <summary>The second key.</summary>
    public static MachineLearningKeyType Secondary { get; } = new("Secondary");

    static MachineLearningKeyType IExtensibleEnum<MachineLearningKeyType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningKeyType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningKeyType left, MachineLearningKeyType right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningKeyType left, MachineLearningKeyType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningKeyType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningKeyType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
