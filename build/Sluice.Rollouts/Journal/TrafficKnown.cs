namespace Sluice.Rollouts.Journal;

/// <summary>From then on this traffic map was there, as far as this run knows: it was seen or written.</summary>
/// <param name="Time">When.</param>
/// <param name="Traffic">Deployment name → percent.</param>
public abstract record TrafficKnown(DateTimeOffset Time, IReadOnlyDictionary<string, int> Traffic) : JournalEvent(Time);
