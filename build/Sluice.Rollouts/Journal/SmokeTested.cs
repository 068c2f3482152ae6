using Sluice.Rollouts.Analysis;

namespace Sluice.Rollouts.Journal;

/// <summary>The sample was sent to a deployment.</summary>
/// <param name="Time">When.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Verdict">What the answer says.</param>
public sealed record SmokeTested(DateTimeOffset Time, string Deployment, Verdict Verdict) : JournalEvent(Time);
