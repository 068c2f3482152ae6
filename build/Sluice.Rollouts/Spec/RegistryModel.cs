namespace Sluice.Rollouts.Spec;

/// <summary>
/// A version in a registry, which several workspaces share: <c>azureml://registries/r/models/m/versions/v</c> or <c>…/labels/latest</c>.
/// </summary>
/// <param name="Registry">The registry.</param>
/// <param name="Name">The model's name in it.</param>
/// <param name="Version">The version; null for the one that was created last.</param>
public sealed record RegistryModel(string Registry, string Name, string? Version) : ModelSource
{
    /// <inheritdoc/>
    public override string Title =>
        $"azureml://registries/{Registry}/models/{Name}/{(Version is null ? "labels/latest" : $"versions/{Version}")}";
}
