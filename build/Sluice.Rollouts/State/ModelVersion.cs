namespace Sluice.Rollouts.State;

/// <summary>A registered version of the model.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">The version, usually a number.</param>
/// <param name="Digest">
/// The content hash of the folder it was made from, lower-case hex; null when it was registered in a way that does not tell.
/// </param>
public sealed record ModelVersion(string Name, string Version, string? Digest);
