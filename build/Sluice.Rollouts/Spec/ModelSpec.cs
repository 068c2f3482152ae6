namespace Sluice.Rollouts.Spec;

/// <summary>The model and the folder of its new version.</summary>
/// <param name="Name">The registered name, <c>^[a-zA-Z0-9][a-zA-Z0-9\-_]{0,254}$</c>.</param>
/// <param name="Candidate">The folder of the version that is to go live.</param>
/// <param name="Baseline">
/// The folder that Blue deploys when the endpoint serves nothing yet; null when the candidate is the first version ever.
/// </param>
public sealed record ModelSpec(string Name, ModelFolder Candidate, ModelFolder? Baseline);
