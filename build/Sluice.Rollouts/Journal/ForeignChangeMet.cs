namespace Sluice.Rollouts.Journal;

/// <summary>
/// An action was not applied, or did not last, because somebody else had changed what it builds on. Nothing was overwritten.
/// </summary>
/// <param name="Time">When.</param>
/// <param name="Action">The action in words.</param>
/// <param name="Sentence">What should be there, and what is.</param>
public sealed record ForeignChangeMet(DateTimeOffset Time, string Action, string Sentence) : JournalEvent(Time);
