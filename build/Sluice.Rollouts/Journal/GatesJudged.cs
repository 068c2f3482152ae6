using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;

namespace Sluice.Rollouts.Journal;

/// <summary>The gates were asked after a look. The events before it alone give the same reports again.</summary>
/// <param name="Time">When.</param>
/// <param name="Weight">The candidate's share of the live traffic in percent, 0 to 100.</param>
/// <param name="Reports">The gates' answers.</param>
public sealed record GatesJudged(DateTimeOffset Time, int Weight, ImmutableArray<GateReport> Reports) : JournalEvent(Time);
