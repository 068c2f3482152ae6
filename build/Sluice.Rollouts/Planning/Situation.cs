using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>All that the planner may look at: what is wanted, what is there, what has happened, and what time it is.</summary>
public sealed record Situation
{
    /// <summary>What is wanted.</summary>
    public required RolloutSpec Spec { get; init; }

    /// <summary>What is there.</summary>
    public required WorkspaceState State { get; init; }

    /// <summary>What has happened in this rollout, in this run and those before it.</summary>
    public required History History { get; init; }

    /// <summary>What time it is.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How long an action usually takes, for what is foreseen; nothing that is done rests on it.</summary>
    public Func<RolloutAction, RolloutSpec, TimeSpan> Takes { get; init; } = ExpectedDuration.Of;

    /// <summary>The stages that the run is for: what a later one needs may be brought by an earlier one that would only wait.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];

    /// <summary>Whether the run that rolls back was for something else: it was cancelled, and what it did is taken back.</summary>
    public bool IsCancelled => Stages.Count > 0 && !Stages.Contains(Stage.Rollback);

    /// <summary>The id of the rollout that this run is part of.</summary>
    public required string RolloutId { get; init; }

    /// <summary>The deployment, or the version, that a person asks to roll back to; null for the stable one.</summary>
    public string? RollbackTo { get; init; }

    /// <summary>Whether a person wants a candidate that was rejected to be rolled out again.</summary>
    public bool Retry { get; init; }

    /// <summary>Whether a person accepts what somebody else changed.</summary>
    public bool Adopt { get; init; }

    /// <summary>What a person approves; null for what the rollout needs next.</summary>
    public ApprovalScope? Approves { get; init; }

    /// <summary>What the rollout that was begun last is to bring live, by content; null where that is not asked for.</summary>
    public string? LatestContent { get; init; }

    /// <summary>The candidate's registered version; null before Register.</summary>
    public ModelVersion? CandidateVersion => State.VersionOf(Spec.Model.Candidate);

    /// <summary>
    /// The version that Blue deploys when nothing serves: the baseline, or the candidate where there is no baseline. Null before Register.
    /// </summary>
    public ModelVersion? FirstVersion => Spec.Model.Baseline is { } baseline ? State.VersionOf(baseline) : CandidateVersion;

    /// <summary>
    /// The candidate's deployment: the one that serves its version, whatever its name, else the one that the rollout makes or
    /// would make. Null before Register.
    /// </summary>
    public string? Candidate => CandidateVersion is { } version ? DeploymentOf(version) : null;

    /// <summary>The candidate's deployment when it is there and serves the candidate's version; otherwise null.</summary>
    public DeploymentState? CandidateDeployment =>
        Candidate is { } name && State.Endpoint?.Deployment(name) is { } deployment && Serves(deployment, CandidateVersion!)
            ? deployment
            : null;

    /// <summary>
    /// The endpoint's mark when it speaks of the present candidate; otherwise null. Of a deployment of its name that serves something else it
    /// speaks of that.
    /// </summary>
    public RolloutMark? CandidateMark => State.Endpoint is { Mark: { } mark } endpoint
        && mark.Candidate == Candidate
        && (endpoint.Deployment(mark.Candidate) is null || CandidateDeployment is not null)
            ? mark
            : null;

    /// <summary>The endpoint's mark or, where somebody has removed it amid the rollout, the one that the journal remembers; null for neither.</summary>
    public RolloutMark? KnownMark => State.Endpoint?.Mark ?? (History.LastMark is { IsOpen: true } lost ? lost : null);

    /// <summary>Whether the candidate was promoted, and somebody has given all its traffic to another deployment since.</summary>
    public bool IsTakenOff => CandidateMark is { Status: RolloutStatus.Completed } && State.Endpoint!.Traffic.Sole is { } sole && sole != Candidate;

    /// <summary>
    /// Whether the rollout that the history is of was begun after the one that the endpoint's mark speaks of, and has given its candidate no
    /// traffic yet: giving it up takes nothing from what serves.
    /// </summary>
    public bool Waits => State.Endpoint is { Mark: not { IsOpen: true } } endpoint
        && (endpoint.Mark is not { Status: not RolloutStatus.Started } mark || mark.RolloutId != RolloutId)
        && History.WaitsForTraffic
        && (WaitingCandidate is { } candidate
            ? StableBeside(endpoint, candidate) is not null && (endpoint.Deployment(candidate) is not null || !History.HasPassed(Stage.Green))
            : History.IsCutShort);

    /// <summary>
    /// What a rollout that waits for its candidate's first traffic would have said in the tags; null while none waits, and while its candidate
    /// has no version yet.
    /// </summary>
    public RolloutMark? WaitingMark => Waits && WaitingCandidate is { } candidate
        ? new(RolloutId, StableBeside(State.Endpoint!, candidate)!, candidate, RolloutStatus.Started)
        : null;

    /// <summary>
    /// The deployment that serves besides the candidate: the one with all traffic, or the one that the mark of a rollout
    /// under way names during a split.
    /// </summary>
    public string? Stable =>
        State.Endpoint?.Traffic.Sole is { } sole && sole != Candidate ? sole : CandidateMark is { IsOpen: true } mark ? mark.Stable : null;

    /// <summary>The verdict on the candidate's probes under the present traffic.</summary>
    public Verdict CandidateVerdict => ErrorRateGate.Judge(Spec.Strategy.Gate, History.ProbesOf(Candidate ?? ""));

    /// <summary>
    /// The same, meaning what the rollout is to bring live, where the configuration would bring something else; null when nobody knows what that is.
    /// </summary>
    public Situation? MeaningRollout => History.Content is not { } content || content == Spec.Model.CandidateContent ? this
        : State.Models.FirstOrDefault(version => version.Has(content)) is { } version
            ? this with { Spec = Spec with { Model = Spec.Model with { Candidate = version.Source } } }
        : null;

    /// <summary>Which rollout a run that begins now is part of.</summary>
    /// <param name="isRollback">Whether it does nothing but roll back, whatever the candidate.</param>
    /// <param name="latest">The latest rollout of the candidate that the journal knows, whose history is the situation's; null for none.</param>
    /// <param name="fresh">The id of one that begins now.</param>
    public string RolloutOfRun(bool isRollback, string? latest, string fresh)
    {
        if ((isRollback ? State.Endpoint?.Mark : CandidateMark) is { } mark && (isRollback || !BeginsAnew(mark)))
        {
            return mark.RolloutId;
        }

        var isDeleted = History.IsOfEarlierEndpoint(State.Endpoint)
            || (State.Endpoint is null && (History.LastWritten is not null || History.LastMark is not null));
        var isOver = isDeleted || History.LastMark?.Status switch
        {
            RolloutStatus.Completed => true,
            RolloutStatus.RolledBack => Retry,
            _ => IsSuperseded(latest),
        };
        return latest is null || isOver ? fresh : latest;
    }

    /// <summary>
    /// Whether a person wants another rollout of a candidate whose rollout is over: it was rejected, or somebody has taken its traffic since it was
    /// promoted, and they accept that.
    /// </summary>
    private bool BeginsAnew(RolloutMark mark) => mark.Status switch
    {
        RolloutStatus.RolledBack => Retry,
        RolloutStatus.Completed => Adopt && IsTakenOff,
        _ => false,
    };

    /// <summary>
    /// Whether another rollout has come after the one that the history is of, and has left nothing of it on the endpoint: neither its mark, or
    /// the first deployment's traffic that it wrote without one, nor any traffic of its candidate.
    /// </summary>
    private bool IsSuperseded(string? rollout) =>
        State.Endpoint is { Mark: { } mark } endpoint
        && mark.RolloutId != rollout
        && (History.LastMark is not null || (History.LastWritten is not null && !endpoint.Traffic.Equals(History.KnownTraffic)))
        && (Candidate is not { } candidate || endpoint.Traffic[candidate] + endpoint.MirrorTraffic[candidate] == 0);

    /// <summary>The deployment of what the history's rollout is to bring live, whatever this configuration has; null before it is registered.</summary>
    private string? WaitingCandidate => History.Content is not { } content ? null
        : content == Spec.Model.CandidateContent ? Candidate
        : State.Models.FirstOrDefault(version => version.Has(content)) is { } version ? DeploymentOf(version)
        : null;

    /// <summary>What serves beside a candidate: what has all traffic, or what the latest rollout left serving. Null when nothing else does.</summary>
    private static string? StableBeside(EndpointState endpoint, string candidate) =>
        new[] { endpoint.Traffic.Sole, endpoint.Mark?.Serving }.FirstOrDefault(name => name is not null && name != candidate);

    /// <summary>The deployment that serves a version, whatever its name, else the one that a rollout of it makes.</summary>
    private string DeploymentOf(ModelVersion version)
    {
        var made = DeploymentName.Of(Spec.Green.Name, version.Version);
        var ofVersion = State.Endpoint?.Deployments.Where(deployment => Serves(deployment, version)).ToArray() ?? [];
        return (ofVersion.FirstOrDefault(deployment => State.Endpoint!.Traffic[deployment.Name] > 0)
            ?? ofVersion.FirstOrDefault(deployment => deployment.Name == made)
            ?? ofVersion.FirstOrDefault(deployment => deployment.IsReady))?.Name ?? made;
    }

    /// <summary>
    /// Whether a deployment serves that version. A number that was deleted and given again stands for other content: where both digests are
    /// known, they have to be equal.
    /// </summary>
    public static bool Serves(DeploymentState deployment, ModelVersion version) =>
        (version.Digest is null || deployment.Digest is null || deployment.Digest == version.Digest)
        && string.Equals(deployment.ModelRegistry, version.Registry, StringComparison.OrdinalIgnoreCase)
        && string.Equals(deployment.ModelName, version.Name, StringComparison.OrdinalIgnoreCase)
        && deployment.ModelVersion == version.Version;
}
