namespace Sluice.Rollouts.Spec;

/// <summary>What an environment's image is built of: a folder to upload, or a place that Azure can read.</summary>
/// <param name="Folder">The folder; null when there is <paramref name="Uri"/>.</param>
/// <param name="Uri">The place, <c>https://…</c>; null when there is <paramref name="Folder"/>.</param>
/// <param name="DockerfilePath">The Dockerfile's path in it; null for <c>Dockerfile</c>.</param>
public sealed record BuildContextSpec(AssetFolder? Folder, string? Uri, string? DockerfilePath);
