namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// State of a deployment's last operation. An open set: a value that the service adds later is kept as it came. Values compare without
/// regard to case.
/// </summary>
public readonly struct MachineLearningDeploymentProvisioningState
    : IEquatable<MachineLearningDeploymentProvisioningState>, IExtensibleEnum<MachineLearningDeploymentProvisioningState>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningDeploymentProvisioningState(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The deployment is being created.</summary>
    public static MachineLearningDeploymentProvisioningState Creating { get; } = new("Creating");

    /// <summary>The deployment is being deleted.</summary>
    public static MachineLearningDeploymentProvisioningState Deleting { get; } = new("Deleting");

    /// <summary>Instances are being added or removed.</summary>
    public static MachineLearningDeploymentProvisioningState Scaling { get; } = new("Scaling");

    /// <summary>An update is under way; a first creation says so too.</summary>
    public static MachineLearningDeploymentProvisioningState Updating { get; } = new("Updating");

    /// <summary>Nothing is under way.</summary>
    public static MachineLearningDeploymentProvisioningState Succeeded { get; } = new("Succeeded");

    /// <summary>The last operation failed.</summary>
    public static MachineLearningDeploymentProvisioningState Failed { get; } = new("Failed");

    /// <summary>The last operation was cancelled.</summary>
    public static MachineLearningDeploymentProvisioningState Canceled { get; } = new("Canceled");

    static MachineLearningDeploymentProvisioningState IExtensibleEnum<MachineLearningDeploymentProvisioningState>.From(string value) =>
        new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningDeploymentProvisioningState(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningDeploymentProvisioningState left, MachineLearningDeploymentProvisioningState right) =>
        left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningDeploymentProvisioningState left, MachineLearningDeploymentProvisioningState right) =>
        !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningDeploymentProvisioningState other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningDeploymentProvisioningState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
