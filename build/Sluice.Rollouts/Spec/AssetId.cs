namespace Sluice.Rollouts.Spec;

/// <summary>A version that is named in full and taken as it is.</summary>
/// <param name="Id">An ARM id, the id of a registry's asset (<c>azureml://registries/…</c>), or <c>azureml:AzureML-…</c>.</param>
public sealed record AssetId(string Id) : AssetSource;
