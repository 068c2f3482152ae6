namespace Sluice.Rollouts.Spec;

/// <summary>A version that is registered in the workspace already: <c>azureml:name:version</c> or <c>azureml:name@latest</c>.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">The version; null for the one that was created last, whatever its number.</param>
public sealed record WorkspaceModel(string Name, string? Version) : ModelSource
{
    /// <inheritdoc/>
    public override string Title => Version is null ? $"azureml:{Name}@latest" : $"azureml:{Name}:{Version}";
}
