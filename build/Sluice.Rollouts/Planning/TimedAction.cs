namespace Sluice.Rollouts.Planning;

/// <summary>An action of a timetable.</summary>
/// <param name="Planned">The action.</param>
/// <param name="Begins">When it is expected to begin, counted from the run's beginning.</param>
/// <param name="Takes">How long it is expected to take.</param>
/// <param name="Waits">How long the run waits between its end and the next action, or the run's end: a bake, or a window.</param>
public sealed record TimedAction(PlannedAction Planned, TimeSpan Begins, TimeSpan Takes, TimeSpan Waits);
