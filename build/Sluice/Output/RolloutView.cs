using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Output;

/// <summary>
/// What a person sees of a run: a fold over what the observers are told, without any drawing in it, so that the terminal
/// draws it and a test reads it.
/// </summary>
internal sealed record RolloutView
{
    /// <summary>The stages of this run in their order.</summary>
    public ImmutableArray<StageProgress> Stages { get; init; } = [];

    /// <summary>The live traffic at the last look.</summary>
    public Traffic Traffic { get; init; } = Traffic.None;

    /// <summary>The candidate's probes of this run.</summary>
    public ProbeTally Probes { get; init; } = ProbeTally.Zero;

    /// <summary>What the gates said at the latest look; empty when there are none.</summary>
    public ImmutableArray<GateReport> Gates { get; init; } = [];

    /// <summary>A view of a run that is about to begin.</summary>
    public static RolloutView Of(IEnumerable<Stage> stages) =>
        new() { Stages = [.. stages.Select(stage => new StageProgress(stage, null, null, null, null))] };

    /// <summary>The view after an event.</summary>
    public RolloutView After(JournalEvent recorded) => recorded switch
    {
        StageStarted started => Including(started.Stage).With(started.Stage, line => line with { Started = started.Time, Text = "looking" }),
        StageFinished finished => With(
            finished.Stage,
            line => line with { Outcome = finished.Outcome, Text = finished.Why, Ended = finished.Time }),
        TrafficKnown known => this with { Traffic = Traffic.Of(known.Traffic) },
        ProbesAnswered probes => this with { Probes = Probes + probes.Tally },
        GatesJudged judged => this with { Gates = judged.Reports },
        ActionFailed failed => Running(line => line with { Text = failed.Error, Outcome = Outcome.Failed, Ended = failed.Time }),
        _ => this,
    };

    /// <summary>The view with an action begun.</summary>
    public RolloutView Applying(RolloutAction action, string why) =>
        Running(line => line with { Text = action is TakeLook ? $"{why} {Probes.Sent} probes, {Probes.Failed} failed" : $"{action}" });

    /// <summary>The view with news of an action.</summary>
    public RolloutView After(RolloutAction action, OperationProgress progress) =>
        Running(line => line with { Text = $"{action} – {Words(progress)}" });

    /// <summary>News of an action in words.</summary>
    public static string Words(OperationProgress progress) => progress.Bytes is { } bytes
        ? $"{progress.State} {Sizes.Text(bytes)} of {Sizes.Text(progress.TotalBytes ?? bytes)}"
        : $"{progress.State}, {Durations.Text(progress.Elapsed)}";

    /// <summary>A run that is cancelled may begin a stage that nobody asked for: the way back.</summary>
    private RolloutView Including(Stage stage) => Stages.Any(line => line.Stage == stage)
        ? this
        : this with { Stages = Stages.Add(new(stage, null, null, null, null)) };

    private RolloutView With(Stage stage, Func<StageProgress, StageProgress> change) =>
        this with { Stages = [.. Stages.Select(line => line.Stage == stage ? change(line) : line)] };

    private RolloutView Running(Func<StageProgress, StageProgress> change) =>
        this with { Stages = [.. Stages.Select(line => line is { Started: not null, Outcome: null } ? change(line) : line)] };
}
