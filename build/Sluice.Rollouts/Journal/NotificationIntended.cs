namespace Sluice.Rollouts.Journal;

/// <summary>
/// A place is about to be told of a state of the rollout. It is written down before anything is sent, so that nobody is told twice: whoever
/// dies in between has told nobody, and nobody does after it.
/// </summary>
/// <param name="Time">When.</param>
/// <param name="Place">The place's name, without any secret.</param>
/// <param name="Occasion">The state with what it is about; each place is told of each one once in a rollout.</param>
public sealed record NotificationIntended(DateTimeOffset Time, string Place, string Occasion) : JournalEvent(Time);
