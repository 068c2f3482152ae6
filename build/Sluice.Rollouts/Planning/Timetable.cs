using System.Collections.Immutable;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>
/// A forecast laid out in time: when each action begins, how long it takes, and what is there after it. Pure; the times are the usual ones,
/// by which the forecast was walked, too.
/// </summary>
/// <param name="Before">The workspace before the first action.</param>
/// <param name="Actions">The actions in order, without looks, which take no time of their own.</param>
/// <param name="Takes">How long all of it takes, the waits included.</param>
public sealed record Timetable(WorkspaceState Before, ImmutableArray<TimedAction> Actions, TimeSpan Takes)
{
    /// <summary>The workspace after the last action.</summary>
    public WorkspaceState After => Actions.IsEmpty ? Before : Actions[^1].Planned.After;

    /// <summary>What is there one after the other: before the first action, and after each.</summary>
    public IEnumerable<WorkspaceState> States => Actions.Select(timed => timed.Planned.After).Prepend(Before);

    /// <summary>The timetable of a forecast.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="before">The workspace that it begins with.</param>
    /// <param name="spec">What is wanted.</param>
    public static Timetable Of(Forecast forecast, WorkspaceState before, RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        ArgumentNullException.ThrowIfNull(before);
        PlannedAction[] planned = [.. forecast.Actions.Where(each => each.Action is not TakeLook)];
        var actions = ImmutableArray.CreateBuilder<TimedAction>(planned.Length);
        var busy = TimeSpan.Zero;
        for (var index = 0; index < planned.Length; index++)
        {
            var one = planned[index];
            var takes = ExpectedDuration.Of(one.Action, spec);
            var next = index + 1 < planned.Length ? planned[index + 1].Waited : forecast.Waits;
            actions.Add(new(one, one.Waited + busy, takes, next - one.Waited));
            busy += takes;
        }

        return new(before, actions.ToImmutable(), ExpectedDuration.Of(forecast, spec));
    }
}
