using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Spec;

/// <summary>The model and its new version.</summary>
/// <param name="Name">
/// The registered name, <c>^[a-zA-Z0-9][a-zA-Z0-9\-_]{0,254}$</c>; a version in a registry has its own.
/// </param>
/// <param name="Candidate">The version that is to go live.</param>
/// <param name="Baseline">
/// The version that Blue deploys when the endpoint serves nothing yet; null when the candidate is the first version ever.
/// </param>
public sealed record ModelSpec(string Name, ModelSource Candidate, ModelSource? Baseline)
{
    /// <summary>What tells the candidate from others in the journal: the digest of its folder, or the name of its registered version.</summary>
    public string CandidateContent => Candidate switch
    {
        ModelFolder folder => folder.Digest,
        var registered => registered.Title,
    };

    /// <summary>The same with each label replaced by the version that it stands for now; one that stands for nothing stays.</summary>
    public ModelSpec PinnedTo(WorkspaceState state) => this with
    {
        Candidate = Pin(Candidate, state),
        Baseline = Baseline is null ? null : Pin(Baseline, state),
    };

    private static ModelSource Pin(ModelSource source, WorkspaceState state) => (source, state.VersionOf(source)) switch
    {
        (WorkspaceModel { Version: null } model, { } found) => model with { Version = found.Version },
        (RegistryModel { Version: null } model, { } found) => model with { Version = found.Version },
        _ => source,
    };
}
