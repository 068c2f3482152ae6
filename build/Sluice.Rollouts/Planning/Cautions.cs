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
        var state = timetable.Before;
        foreach (var timed in timetable.Actions)
        {
            if (state.Endpoint is { } endpoint && OnAction(timetable, endpoint, timed.Planned.Action) is { } sentence)
            {
                yield return sentence;
            }

            state = timed.Planned.After;
        }
    }

    private static string? OnAction(Timetable timetable, EndpointState endpoint, RolloutAction action) => action switch
    {
        SetTraffic { Wanted.Sole: { } sole } shift when !shift.Expected.IsNone && shift.Expected[sole] == 0 =>
            $"{sole} gets all traffic at once: no step before lets it earn any.",
        DeleteDeployment delete when endpoint.Deployment(delete.Deployment) is { IsReady: false } broken =>
            $"{broken.Name} is {broken.State}: it is deleted, and can't be had back.",
        DeleteDeployment delete when timetable.Before.Endpoint?.Traffic[delete.Deployment] > 0 =>
            $"{delete.Deployment}, which serves now, is deleted: after that nothing brings it back. --through=promote ends the plan before, "
            + "and rollout.retain keeps it.",
        _ => null,
    };
}
