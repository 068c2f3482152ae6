namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// Which assets a list shows. An open set: a value that the service adds later is kept as it came. Values compare without regard to case.
/// </summary>
public readonly struct MachineLearningListViewType : IEquatable<MachineLearningListViewType>, IExtensibleEnum<MachineLearningListViewType>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningListViewType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Those that are not archived.</summary>
    public static MachineLearningListViewType ActiveOnly { get; } = new("ActiveOnly");

    /// <summary>Those that are archived.</summary>
    public static MachineLearningListViewType ArchivedOnly { get; } = new("ArchivedOnly");

    /// <summary>All of them.</summary>
    public static MachineLearningListViewType All { get; } = new("All");

    static MachineLearningListViewType IExtensibleEnum<MachineLearningListViewType>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningListViewType(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningListViewType left, MachineLearningListViewType right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningListViewType left, MachineLearningListViewType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningListViewType other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningListViewType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
