namespace Sluice.Rollouts.Journal;

/// <summary>A place was told of a state of the rollout, or could not be told.</summary>
/// <param name="Time">When that was known.</param>
/// <param name="Place">The place's name.</param>
/// <param name="Occasion">The state with what it is about.</param>
/// <param name="Failure">Why it could not be told, without any secret; null when it was.</param>
public sealed record NotificationEnded(DateTimeOffset Time, string Place, string Occasion, string? Failure) : JournalEvent(Time);
