namespace Sluice.Rollouts.Journal;

/// <summary>An action could not be applied.</summary>
/// <param name="Time">When.</param>
/// <param name="Action">The action in words.</param>
/// <param name="Error">The error's sentence.</param>
public sealed record ActionFailed(DateTimeOffset Time, string Action, string Error) : JournalEvent(Time);
