using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Journal;

/// <summary>Something that happened, and when. The journal is an append-only list of these; every view is a fold over it.</summary>
/// <param name="Time">When it happened.</param>
[JsonDerivedType(typeof(StageStarted), "stage-started")]
[JsonDerivedType(typeof(StageFinished), "stage-finished")]
[JsonDerivedType(typeof(TrafficSeen), "traffic-seen")]
[JsonDerivedType(typeof(ActionStarted), "action-started")]
[JsonDerivedType(typeof(ActionFinished), "action-finished")]
[JsonDerivedType(typeof(ActionFailed), "action-failed")]
[JsonDerivedType(typeof(ForeignChangeMet), "foreign-change-met")]
[JsonDerivedType(typeof(TrafficWritten), "traffic-written")]
[JsonDerivedType(typeof(SmokeTested), "smoke-tested")]
[JsonDerivedType(typeof(ProbesAnswered), "probes-answered")]
public abstract record JournalEvent(DateTimeOffset Time);
