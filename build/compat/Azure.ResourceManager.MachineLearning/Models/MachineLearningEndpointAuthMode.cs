namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>
/// How a caller proves itself to the scoring URI of an endpoint. An open set: a value that the service adds later is kept as it came.
/// Values compare without regard to case.
/// </summary>
public readonly struct MachineLearningEndpointAuthMode
    : IEquatable<MachineLearningEndpointAuthMode>, IExtensibleEnum<MachineLearningEndpointAuthMode>
{
    private readonly string _value;

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public MachineLearningEndpointAuthMode(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>A token of the workspace that expires.</summary>
    public static MachineLearningEndpointAuthMode AmlToken { get; } = new("AMLToken");

    /// <summary>One of two keys that do not expire.</summary>
    public static MachineLearningEndpointAuthMode Key { get; } = new("Key");

    /// <summary>A token of Microsoft Entra ID.</summary>
    public static MachineLearningEndpointAuthMode AadToken { get; } = new("AADToken");

    static MachineLearningEndpointAuthMode IExtensibleEnum<MachineLearningEndpointAuthMode>.From(string value) => new(value);

    /// <summary>Makes the value that <paramref name="value"/> spells.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    public static implicit operator MachineLearningEndpointAuthMode(string value) => new(value);

    /// <summary>Whether both are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator ==(MachineLearningEndpointAuthMode left, MachineLearningEndpointAuthMode right) => left.Equals(right);

    /// <summary>Whether the two are different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    public static bool operator !=(MachineLearningEndpointAuthMode left, MachineLearningEndpointAuthMode right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MachineLearningEndpointAuthMode other) => StringComparer.OrdinalIgnoreCase.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MachineLearningEndpointAuthMode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>The word as it stands on the wire.</summary>
    public override string ToString() => _value!;
}
