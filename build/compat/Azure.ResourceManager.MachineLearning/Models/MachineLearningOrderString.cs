namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// The order of a list of endpoints. An open set: a value that the service adds later is kept as it came. Values compare without regard to
/// case.
/// </summary>
public readonly struct MachineLearningOrderString : IEquatable<MachineLearningOrderString>, IExtensibleEnum<MachineLearningOrderString>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningOrderString(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The youngest first.</summary>
    public static MachineLearningOrderString CreatedAtDesc { get; } = new("CreatedAtDesc");

    /// <summary>The oldest first.</summary>
    public static MachineLearningOrderString CreatedAtAsc { get; } = new("CreatedAtAsc");

    /// <summary>The last changed first.</summary>
    public static MachineLearningOrderString UpdatedAtDesc { get; } = new("UpdatedAtDesc");

    /// <summary>The last changed last.</summary>
    public static MachineLearningOrderString UpdatedAtAsc { get; } = new("UpdatedAtAsc");

    static MachineLearningOrderString IExtensibleEnum<MachineLearningOrderString>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningOrderString(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningOrderString left, MachineLearningOrderString right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningOrderString left, MachineLearningOrderString right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningOrderString other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningOrderString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
