using System.Globalization;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>What a reviewer of a plan should have seen before it is carried out. Pure.</summary>
public static class Cautions
{
    /// <summary>The warnings on a timetable, one sentence each.</summary>
    public static IEnumerable<string> On(Timetable timetable)
    {
        ArgumentNullException.ThrowIfNull(timetable);
        return timetable.Actions.Zip(timetable.States, (timed, state) => state.Endpoint is { } endpoint ? On(endpoint, timed.Planned.Action) : [])
            .SelectMany(sentences => sentences)
            .OfType<string>()
            .Distinct();
    }

    private static string?[] On(EndpointState endpoint, RolloutAction action) =>
        [OnAction(endpoint, action), OnAge(endpoint, action), OnCapacity(endpoint, action)];

    /// <summary>
    /// The warning on a candidate that takes traffic with fewer instances than what it replaces has now: that one may have been scaled since the
    /// configuration was written.
    /// </summary>
    private static string? OnCapacity(EndpointState endpoint, RolloutAction action) =>
        action is SetTraffic { Mark: { IsOpen: true } mark }
        && endpoint.Deployment(mark.Stable) is { } stable
        && endpoint.Deployment(mark.Candidate) is { } candidate
        && candidate.InstanceType.Equals(stable.InstanceType, StringComparison.OrdinalIgnoreCase)
        && candidate.InstanceCount < stable.InstanceCount
            ? $"{candidate.Name} takes over with {candidate.InstanceCount} × {candidate.InstanceType}; {stable.Name}, which serves, has "
                + $"{stable.InstanceCount} of them now. A rollout scales nothing: where the load needs them, say so in green's instance_count."
            : null;

    private static string? OnAction(EndpointState endpoint, RolloutAction action) => action switch
    {
        SetTraffic { Wanted.Sole: { } sole } shift when !shift.Expected.IsNone && shift.Expected[sole] == 0 =>
            $"{sole} gets all traffic at once: no step before lets it earn any.",
        DeleteDeployment delete when endpoint.Deployment(delete.Deployment) is { IsReady: false } broken =>
            $"{broken.Name} is {broken.State}: it is deleted, and can't be had back.",
        DeleteDeployment delete when endpoint.Mark is { Status: RolloutStatus.Completed } mark && mark.Stable == delete.Deployment =>
            $"{delete.Deployment} is deleted, which served before {mark.Candidate}: after that there is no way back to it. Promote ends before "
            + "that, and rollout.retain keeps it.",
        DeleteDeployment delete when endpoint.Mark is { Status: RolloutStatus.Completed } mark
            && endpoint.Deployment(mark.Stable) is { } before
            && endpoint.Deployment(delete.Deployment) is { } passed
            && passed.Name != mark.Candidate
            && passed.CreatedAt > before.CreatedAt
            && !RoleTags.AreOfRejected(passed.Tags) =>
            $"{passed.Name} is deleted, which is newer than {before.Name} that {mark.Candidate} has replaced: where it still waits for its canary, "
            + "the stage Green makes it anew.",
        _ => null,
    };

    /// <summary>That a version is to replace one with a higher number: that is what comes of a configuration that was left behind.</summary>
    private static string? OnAge(EndpointState endpoint, RolloutAction action) =>
        action is SetTraffic { Mark: { IsOpen: true } mark } shift
        && shift.Expected[mark.Candidate] == 0
        && endpoint.Deployment(mark.Candidate) is { } candidate
        && endpoint.Deployment(mark.Stable) is { } stable
        && candidate.ModelName == stable.ModelName
        && candidate.ModelRegistry == stable.ModelRegistry
        && long.TryParse(candidate.ModelVersion, CultureInfo.InvariantCulture, out var older)
        && long.TryParse(stable.ModelVersion, CultureInfo.InvariantCulture, out var newer)
        && older < newer
            ? $"{candidate.Name} has version {older} of {candidate.ModelName}, and {stable.Name}, which it is to replace, has version {newer}: an older one is "
                + "rolled out over a newer one."
            : null;
}
