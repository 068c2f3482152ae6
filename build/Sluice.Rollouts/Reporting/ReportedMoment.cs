namespace Sluice.Rollouts.Reporting;

/// <summary>Something that happened in a rollout, as its timeline has it.</summary>
/// <param name="Time">When.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="What">What happened, as a phrase.</param>
/// <param name="Why">Why, or what came of it, in a sentence; empty where there is nothing to say.</param>
public sealed record ReportedMoment(DateTimeOffset Time, MomentKind Kind, string What, string Why)
{
    /// <summary>How long it took; null where that means nothing.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>Whether the rollout's way was decided here: the traffic or its mark changed, a stage ended, or somebody stepped in.</summary>
    public bool IsDecision { get; init; }
}
