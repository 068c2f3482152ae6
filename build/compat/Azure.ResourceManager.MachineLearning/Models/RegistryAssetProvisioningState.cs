namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// State of an asset such as a model version. An open set: a value that the service adds later is kept as it came. Values compare without
/// regard to case.
/// </summary>
public readonly struct RegistryAssetProvisioningState
    : IEquatable<RegistryAssetProvisioningState>, IExtensibleEnum<RegistryAssetProvisioningState>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public RegistryAssetProvisioningState(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The asset is usable.</summary>
    public static RegistryAssetProvisioningState Succeeded { get; } = new("Succeeded");

    /// <summary>The asset could not be made.</summary>
    public static RegistryAssetProvisioningState Failed { get; } = new("Failed");

    /// <summary>Making the asset was cancelled.</summary>
    public static RegistryAssetProvisioningState Canceled { get; } = new("Canceled");

    /// <summary>The asset is being made.</summary>
    public static RegistryAssetProvisioningState Creating { get; } = new("Creating");

    /// <summary>The asset is being changed.</summary>
    public static RegistryAssetProvisioningState Updating { get; } = new("Updating");

    /// <summary>The asset is being deleted.</summary>
    public static RegistryAssetProvisioningState Deleting { get; } = new("Deleting");

    static RegistryAssetProvisioningState IExtensibleEnum<RegistryAssetProvisioningState>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator RegistryAssetProvisioningState(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(RegistryAssetProvisioningState left, RegistryAssetProvisioningState right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(RegistryAssetProvisioningState left, RegistryAssetProvisioningState right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RegistryAssetProvisioningState other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RegistryAssetProvisioningState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
