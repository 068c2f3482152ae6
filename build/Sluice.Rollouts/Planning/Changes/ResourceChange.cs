using System.Collections.Immutable;

namespace Sluice.Rollouts.Planning.Changes;

/// <summary>What becomes of one resource.</summary>
/// <param name="Kind">Whether it is made, changed or deleted.</param>
/// <param name="Resource">What it is.</param>
/// <param name="Name">Its name; of a model version, the model's name and the version.</param>
/// <param name="Fields">Of a changed one the fields that differ, of another one all that have a value.</param>
public sealed record ResourceChange(ChangeKind Kind, ResourceKind Resource, string Name, ImmutableArray<FieldChange> Fields)
{
    /// <summary>What it is, in words: <c>model version heart 2</c>.</summary>
    public string Title => Resource switch
    {
        ResourceKind.ModelVersion => $"model version {Name}",
        ResourceKind.Endpoint => $"endpoint {Name}",
        _ => $"deployment {Name}",
    };
}
