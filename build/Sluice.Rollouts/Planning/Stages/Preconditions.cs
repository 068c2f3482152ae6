using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>What stages need before they can begin; each answer names the stage that brings it.</summary>
internal static class Preconditions
{
    /// <summary>Waits in a row that may end with the endpoint still busy, before a person is asked.</summary>
    private const int MostWaits = 3;

    /// <summary>Versions that a message names.</summary>
    private const int MostNamed = 10;

    /// <summary>The decision while the endpoint is missing, unusable or busy; null when it can be worked on.</summary>
    public static Decision? EndpointReady(Situation situation) => situation.State.Endpoint switch
    {
        null => Decision.Fail($"Endpoint {situation.Spec.Endpoint.Name} does not exist; the stage Endpoint creates it.", Stage.Endpoint),
        { FailedToBeCreated: true } endpoint => Decision.Fail(
            $"Endpoint {endpoint.Name} was not created successfully and can't be used; delete it first (Cleanup --delete-endpoint --yes)."),
        { } endpoint => Settled(situation, endpoint),
    };

    /// <summary>The decision while an operation is under way on the endpoint or a deployment; null when there is none.</summary>
    public static Decision? Settled(Situation situation, EndpointState endpoint)
    {
        var busy = !endpoint.State.IsSettled()
            ? $"endpoint {endpoint.Name} is {endpoint.State}"
            : endpoint.Deployments.FirstOrDefault(deployment => !deployment.State.IsSettled()) is { } deployment
                ? $"deployment {deployment.Name} is {deployment.State}"
                : null;
        var wait = new AwaitSettled(endpoint.Name);
        return busy is null
            ? null
            : situation.History.InARow(wait.ToString()) < MostWaits
                ? Decision.Act(wait, $"An operation is under way: {busy}.")
                : Decision.Hold($"After {MostWaits} waits there is still an operation under way: {busy}.");
    }

    /// <summary>
    /// The decision on a broken deployment in the place of one that is to be made: it can only be deleted, and that only when
    /// a rollout made it and nobody relies on it.
    /// </summary>
    public static Decision Replace(Situation situation, DeploymentState broken)
    {
        var endpoint = situation.State.Endpoint!;
        var obstacle =
            endpoint.Traffic[broken.Name] > 0 ? $"it has {endpoint.Traffic[broken.Name]} % of the traffic"
            : endpoint.MirrorTraffic[broken.Name] > 0 ? $"{endpoint.MirrorTraffic[broken.Name]} % of the traffic is mirrored to it"
            : !RoleTags.AreOurs(broken.Tags) ? "no rollout made it, so it is yours to delete"
            : situation.KnownMark is { IsOpen: true } open && open.Stable == broken.Name ? $"the rollout of {open.Candidate}, which is not over, may go back to it"
            : null;
        return obstacle is null
            ? Decision.Act(new DeleteDeployment(endpoint.Name, broken.Name), $"Deployment {broken.Name} is {broken.State} and can't be repaired.")
            : Decision.Hold($"Deployment {broken.Name} is {broken.State} and can't be repaired; {obstacle}.");
    }

    /// <summary>The decision before Register; null when the candidate has a version.</summary>
    public static Decision? CandidateRegistered(Situation situation) =>
        situation.CandidateVersion is null ? NotRegistered(situation, situation.Spec.Model.Candidate) : null;

    /// <summary>
    /// The decision when the deployment of the candidate's name serves something else and can't be made anew: it is another model's, or has
    /// traffic. Null when the name is the candidate's.
    /// </summary>
    public static Decision? NameIsFree(Situation situation) =>
        situation.Candidate is { } name
        && situation.State.Endpoint!.Deployment(name) is { } other
        && !Situation.Serves(other, situation.CandidateVersion!)
        && (other.Served != situation.CandidateVersion!.Title || situation.State.Endpoint.Traffic[name] > 0)
            ? Decision.Fail($"Deployment {name} serves {Mismatch(other, situation.CandidateVersion)}; rename one of them.")
            : null;

    /// <summary>What a deployment serves instead of a version, as the end of a sentence.</summary>
    public static string Mismatch(DeploymentState deployment, ModelVersion version) => deployment.Served == version.Title
        ? $"what {version.Title} was before that number was given again, not what it is now"
        : $"{deployment.Served}, not {version.Title}";

    /// <summary>The decision on a source that is no registered version: Register makes one of a folder, and of nothing else.</summary>
    public static Decision NotRegistered(Situation situation, ModelSource source) => source switch
    {
        ModelFolder folder => Decision.Fail(
            $"{folder.Path} is not a registered version of {situation.Spec.Model.Name}; the stage Register makes it one.", Stage.Register),
        WorkspaceModel model => Decision.Fail(
            $"The workspace has no version {model.Title}; {Existing(situation, model with { Version = null })}."),
        RegistryModel model => Decision.Fail(
            $"Registry {model.Registry} has no version {model.Title}; {Existing(situation, model with { Version = null })}."),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "There is no such source."),
    };

    /// <summary>What there is instead, newest first.</summary>
    private static string Existing(Situation situation, ModelSource anyVersion)
    {
        var there = situation.State.Models.Where(version => version.IsOf(anyVersion)).Select(version => version.Version).ToArray();
        return there.Length == 0
            ? "it has none of that model"
            : $"it has {string.Join(", ", there.Take(MostNamed))}{(there.Length > MostNamed ? " and older ones" : "")}";
    }

    /// <summary>The decision while the rollout of another candidate is not over and that one has traffic, live or mirrored; null when none has.</summary>
    public static Decision? NoOtherIsUnderWay(Situation situation) =>
        situation.CandidateMark is null
        && situation.State.Endpoint is { Mark: { IsOpen: true } other } endpoint
        && endpoint.Traffic[other.Candidate] + endpoint.MirrorTraffic[other.Candidate] > 0
            ? Decision.Hold(
                $"The rollout of {other.Candidate} is not over: it is at {Bake.Share(situation, other)}. Promote of its version ends it, Rollback "
                + $"gives it up; {situation.Candidate} gets its turn then.")
            : null;

    /// <summary>What a person does who wants the rollout to go on: it can do so from a map that it could have made, or with one deployment alone.</summary>
    private static string Adoption(Situation situation)
    {
        var traffic = situation.State.Endpoint!.Traffic;
        if (situation.IsTakenOff)
        {
            return "--adopt rolls it out anew";
        }

        // Mirrored traffic is never held between two steps, for none of them would say how long.
        return situation.CandidateMark is { Status: RolloutStatus.Shadow } shadow
            && traffic.Sole == shadow.Stable
            && CanaryStage.HeldNow(situation) is { Step: null }
                ? "Set it back, and the same command goes on"
            : traffic.IsNone
            || traffic.Sole is not null
            || (situation.KnownMark is { IsOpen: true } mark && traffic.Equals(Traffic.Split(mark.Stable, mark.Candidate, traffic[mark.Candidate])))
                ? "--adopt goes on from what is there"
            : situation.CandidateMark is { Status: RolloutStatus.Completed } over && situation.CandidateDeployment is { IsReady: true }
                ? $"Rollback --to={over.Candidate} gives it all traffic again"
                : "Set it back, and the same command goes on";
    }

    /// <summary>What Rollback does, and whose traffic it takes besides the candidate's.</summary>
    private static string Rollback(EndpointState endpoint, RolloutMark mark)
    {
        if (endpoint.Deployment(mark.Stable) is null)
        {
            return $"Rollback --to=<deployment> gives it up, for {mark.Stable} is gone";
        }

        string[] others = [.. endpoint.Traffic.Deployments.Where(name => name != mark.Stable && name != mark.Candidate)];
        return $"Rollback gives it up{(others.Length == 0 ? "" : $", and takes the traffic of {string.Join(" and ", others)} too")}";
    }

    /// <summary>
    /// The decision when somebody else changed the traffic or the rollout's tags since the rollout looked or wrote: it ended elsewhere, or a
    /// person must say what now, or has said it. Null when nobody has.
    /// </summary>
    public static Decision? TrafficIsOurs(Situation situation)
    {
        var endpoint = situation.State.Endpoint!;
        if (situation.History.ForeignChanges is not [.., var change])
        {
            return null;
        }

        if (situation.CandidateMark is { Status: RolloutStatus.RolledBack } mark && endpoint.Traffic.Sole == mark.Stable)
        {
            return Decision.RolledBack($"The rollout of {mark.Candidate} was rolled back elsewhere: traffic is [{endpoint.Traffic}].");
        }

        // A person accepts what was there when they said so, and no change that came later: that may be somebody's way out.
        if (!situation.Adopt || situation.History.IsChangedAmidRun)
        {
            var isOfCandidate = situation.KnownMark is { } known && known.Candidate == situation.Candidate;
            string?[] ways = [Adoption(situation), isOfCandidate ? Rollback(endpoint, situation.KnownMark!) : null];
            return Decision.Hold($"{change} {string.Join(", ", ways.OfType<string>())}.");
        }

        // Without its tags nobody would know what is stable; the journal does.
        return endpoint.Mark is null && situation.History.LastMark is { IsOpen: true } lost
            ? Decision.Act(new SetMark(endpoint.Name, null, lost), $"{change} A person accepts the traffic; the tags are the rollout's.")
            : situation.CandidateMark is { Status: RolloutStatus.RolledBack } back && endpoint.Traffic.Sole == back.Candidate
            ? Decision.Act(
                new SetMark(endpoint.Name, back, back with { Status = RolloutStatus.Completed }), $"{change} A person accepts that {back.Candidate} serves.")
            : Decision.Act(new Adopt(endpoint.Traffic, endpoint.Mark), $"{change} A person accepts it.");
    }
}
