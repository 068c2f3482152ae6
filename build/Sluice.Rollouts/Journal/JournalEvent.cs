using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Journal;

/// <summary>Something that happened, and when. The journal is an append-only list of these; every view is a fold over it.</summary>
/// <param name="Time">When it happened.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStarted), "run-started")]
[JsonDerivedType(typeof(RunEnded), "run-ended")]
[JsonDerivedType(typeof(StageStarted), "stage-started")]
[JsonDerivedType(typeof(StageFinished), "stage-finished")]
[JsonDerivedType(typeof(TrafficSeen), "traffic-seen")]
[JsonDerivedType(typeof(MarkSeen), "mark-seen")]
[JsonDerivedType(typeof(Adopted), "adopted")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(ActionStarted), "action-started")]
[JsonDerivedType(typeof(ActionFinished), "action-finished")]
[JsonDerivedType(typeof(ActionFailed), "action-failed")]
[JsonDerivedType(typeof(ForeignChangeMet), "foreign-change-met")]
[JsonDerivedType(typeof(WriteIntended), "write-intended")]
[JsonDerivedType(typeof(TrafficWritten), "traffic-written")]
[JsonDerivedType(typeof(MarkWritten), "mark-written")]
[JsonDerivedType(typeof(SmokeTested), "smoke-tested")]
[JsonDerivedType(typeof(ProbesAnswered), "probes-answered")]
[JsonDerivedType(typeof(PairsAnswered), "pairs-answered")]
[JsonDerivedType(typeof(TrafficRead), "traffic-read")]
[JsonDerivedType(typeof(TelemetryFailed), "telemetry-failed")]
[JsonDerivedType(typeof(MetricMeasured), "metric-measured")]
[JsonDerivedType(typeof(WebhookAnswered), "webhook-answered")]
[JsonDerivedType(typeof(QualityMeasured), "quality-measured")]
[JsonDerivedType(typeof(GatesJudged), "gates-judged")]
[JsonDerivedType(typeof(NotificationIntended), "notification-intended")]
[JsonDerivedType(typeof(NotificationEnded), "notification-ended")]
public abstract record JournalEvent(DateTimeOffset Time)
{
    /// <summary>The version of the format that it was written in.</summary>
    [JsonPropertyName("v"), JsonPropertyOrder(-3)]
    public int Version { get; init; } = JournalFormat.Version;

    /// <summary>The rollout that it belongs to; null until it is written down.</summary>
    [JsonPropertyOrder(-2)]
    public string? Rollout { get; init; }

    /// <summary>Who made it happen: the URL of the pipeline's run and who started that, or a person and a machine. Null until it is written down.</summary>
    [JsonPropertyOrder(-1)]
    public string? Actor { get; init; }
}
