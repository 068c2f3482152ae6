using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Reporting;

namespace Sluice.Reporting;

/// <summary>What a report calls things.</summary>
internal static class ReportWords
{
    /// <summary>A verdict.</summary>
    public static string Of(VerdictKind kind) => kind == VerdictKind.NoData ? "No data" : kind.ToString();

    /// <summary>An ending in a word or two, with a sign that needs no colour.</summary>
    public static string Of(EndingKind kind) => kind switch
    {
        EndingKind.Live => "✔ Live",
        EndingKind.RolledBack => "↩ Rolled back",
        EndingKind.Held => "‖ Held",
        EndingKind.Failed => "✖ Failed",
        EndingKind.Interrupted => "✖ Interrupted",
        EndingKind.UnderWay => "… Under way",
        EndingKind.Unfinished => "… Unfinished",
        EndingKind.Deleted => "✖ Deleted",
        _ => "Nothing done",
    };

    /// <summary>How times within the rollout are written: with the day where it took more than one.</summary>
    public static string ClockOf(RolloutReport report) =>
        report.Began?.UtcDateTime.Date == report.Ended?.UtcDateTime.Date ? "HH:mm:ss" : "d MMM HH:mm:ss";

    /// <summary>What kind of a report it is.</summary>
    public static string Title(RolloutReport report) => report.IsRehearsal ? "Rehearsal report" : "Rollout report";

    /// <summary>What a verdict is led in by, so that nobody takes what was rehearsed for what serves callers; empty for a rollout.</summary>
    public static string Caveat(RolloutReport report) =>
        report.IsRehearsal ? "This was a rehearsal on a local Azure ML; nothing outside the machine was called. " : "";

    /// <summary>The page's headline: what became of what.</summary>
    public static string Headline(RolloutReport report)
    {
        var model = $"{(report.IsRehearsal ? "Rehearsal of " : "")}{(report.Fact(ConfigurationFacts.Model) is { } name ? $"{name}: " : report.IsRehearsal ? "a rollout: " : "")}";
        return (report.Ending.Kind, report.Candidate, report.Stable) switch
        {
            (EndingKind.Live, { } candidate, { } stable) => $"{model}{candidate} is live in place of {stable}",
            (EndingKind.Live, null, { } first) => $"{model}{first} is live",
            (EndingKind.RolledBack, { } candidate, { } stable) => $"{model}{candidate} was rolled back, {stable} serves",
            (EndingKind.Held, { } candidate, _) => $"{model}{candidate} is held; a person must decide",
            (EndingKind.Failed, { } candidate, _) => $"{model}the rollout of {candidate} failed",
            (EndingKind.Interrupted, { } candidate, _) => $"{model}the rollout of {candidate} was interrupted",
            (EndingKind.UnderWay, { } candidate, _) => $"{model}the rollout of {candidate} is under way",
            (EndingKind.Unfinished, { } candidate, _) => $"{model}the rollout of {candidate} is not finished",
            (EndingKind.Deleted, _, _) => $"{model}the endpoint was deleted",
            _ => $"{model}the rollout {report.Rollout}",
        };
    }

    /// <summary>The name of a kind of moment.</summary>
    public static string Of(MomentKind kind) => kind.ToString();
}
