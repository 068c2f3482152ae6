using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>A version of a model.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">The version, <c>1</c> for example.</param>
/// <param name="ModelType"><c>custom_model</c>, <c>mlflow_model</c> or <c>triton_model</c>.</param>
/// <param name="ModelUri">Where its files are; never changes.</param>
/// <param name="IsArchived">Marked as archived itself: hidden from lists of active versions, as it is while its container is archived.</param>
/// <param name="Stage">The stage, or null.</param>
/// <param name="Properties">The other members of <c>properties</c> that a client set, an object.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record ModelVersion(
    string Model,
    string Version,
    string ModelType,
    string ModelUri,
    bool IsArchived,
    string? Stage,
    JsonElement Properties,
    DateTimeOffset CreatedAt,
    DateTimeOffset ModifiedAt)
{
    /// <summary>Its key among all versions of the workspace.</summary>
    public string Key => KeyOf(Model, Version);

    /// <summary>The key of a version among all of the workspace.</summary>
    public static string KeyOf(string model, string version) => $"{model}/{version}";
}
