namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// State of a workspace's last operation. An open set: a value that the service adds later is kept as it came. Values compare without
/// regard to case.
/// </summary>
public readonly struct MachineLearningProvisioningState
    : IEquatable<MachineLearningProvisioningState>, IExtensibleEnum<MachineLearningProvisioningState>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningProvisioningState(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Not known.</summary>
    public static MachineLearningProvisioningState Unknown { get; } = new("Unknown");

    /// <summary>An update is under way.</summary>
    public static MachineLearningProvisioningState Updating { get; } = new("Updating");

    /// <summary>The workspace is being created.</summary>
    public static MachineLearningProvisioningState Creating { get; } = new("Creating");

    /// <summary>The workspace is being deleted.</summary>
    public static MachineLearningProvisioningState Deleting { get; } = new("Deleting");

    /// <summary>Nothing is under way.</summary>
    public static MachineLearningProvisioningState Succeeded { get; } = new("Succeeded");

    /// <summary>The last operation failed.</summary>
    public static MachineLearningProvisioningState Failed { get; } = new("Failed");

    /// <summary>The last operation was cancelled.</summary>
    public static MachineLearningProvisioningState Canceled { get; } = new("Canceled");

    static MachineLearningProvisioningState IExtensibleEnum<MachineLearningProvisioningState>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningProvisioningState(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningProvisioningState left, MachineLearningProvisioningState right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningProvisioningState left, MachineLearningProvisioningState right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningProvisioningState other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningProvisioningState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
