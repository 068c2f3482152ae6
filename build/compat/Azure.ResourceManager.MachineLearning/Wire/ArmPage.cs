namespace Azure.ResourceManager.MachineLearning;

/// <summary>One page of a list as it stands on the wire.</summary>
internal sealed class ArmPage<T>
{
    public IReadOnlyList<T> Value { get; init; } = [];

    public string? NextLink { get; init; }
}
