namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// Whose identity the service uses to reach a datastore. An open set: a value that the service adds later is kept as it came. Values
/// compare without regard to case.
/// </summary>
public readonly struct MachineLearningServiceDataAccessAuthIdentity
    : IEquatable<MachineLearningServiceDataAccessAuthIdentity>, IExtensibleEnum<MachineLearningServiceDataAccessAuthIdentity>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningServiceDataAccessAuthIdentity(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>No identity.</summary>
    public static MachineLearningServiceDataAccessAuthIdentity None { get; } = new("None");

    /// <summary>The workspace's system-assigned one.</summary>
    public static MachineLearningServiceDataAccessAuthIdentity WorkspaceSystemAssignedIdentity { get; } = new(
        "WorkspaceSystemAssignedIdentity");

    /// <summary>The workspace's user-assigned one.</summary>
    public static MachineLearningServiceDataAccessAuthIdentity WorkspaceUserAssignedIdentity { get; } = new(
        "WorkspaceUserAssignedIdentity");

    static MachineLearningServiceDataAccessAuthIdentity IExtensibleEnum<MachineLearningServiceDataAccessAuthIdentity>.From(string value) =>
        new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningServiceDataAccessAuthIdentity(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningServiceDataAccessAuthIdentity left, MachineLearningServiceDataAccessAuthIdentity right) =>
        left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningServiceDataAccessAuthIdentity left, MachineLearningServiceDataAccessAuthIdentity right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningServiceDataAccessAuthIdentity other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningServiceDataAccessAuthIdentity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
