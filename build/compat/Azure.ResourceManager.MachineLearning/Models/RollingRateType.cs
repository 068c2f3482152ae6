namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// How often a new folder is begun for collected payloads. An open set: a value that the service adds later is kept as it came. Values
/// compare without regard to case.
/// </summary>
public readonly struct RollingRateType : IEquatable<RollingRateType>, IExtensibleEnum<RollingRateType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public RollingRateType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Every year.</summary>
    public static RollingRateType Year { get; } = new("Year");

    /// <summary>Every month.</summary>
    public static RollingRateType Month { get; } = new("Month");

    /// <summary>Every day.</summary>
    public static RollingRateType Day { get; } = new("Day");

    /// <summary>Every hour.</summary>
    public static RollingRateType Hour { get; } = new("Hour");

    /// <summary>Every minute.</summary>
    public static RollingRateType Minute { get; } = new("Minute");

    static RollingRateType IExtensibleEnum<RollingRateType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator RollingRateType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(RollingRateType left, RollingRateType right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(RollingRateType left, RollingRateType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RollingRateType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RollingRateType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
