using System.Text.Json;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>One page of a list as it stands on the wire.</summary>
internal sealed class ArmPage<T>
{
    private readonly IReadOnlyList<T> _value = [];

    public IReadOnlyList<T> Value
    {
        get => _value;
        init => _value = value is not null && value.All(item => item is not null) ? value : throw new JsonException("An item is null.");
    }

    public string? NextLink { get; init; }
}
