using Sluice.Load;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sluice.Output;

/// <summary>The step list with live state, the traffic as a bar, and the times; for a person at a terminal.</summary>
/// <param name="console">The terminal.</param>
/// <param name="load">The callers' requests.</param>
/// <param name="time">The rollout's clock, which is shown.</param>
/// <param name="drawingTime">The person's clock, by which it is drawn anew.</param>
internal sealed class TerminalScreen(IAnsiConsole console, LoadStatistics load, TimeProvider time, TimeProvider drawingTime) : IScreen
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(125);
    private static readonly Color[] Colors = [Color.DodgerBlue1, Color.Green3, Color.Orange1, Color.MediumPurple];

    private readonly Lock _lock = new();
    private RolloutView _view = new();
    private LiveDrawing? _drawing;

    /// <inheritdoc/>
    public void Begin(IReadOnlyCollection<Stage> stages, Forecast forecast, TimeSpan expected)
    {
        if (forecast.Idle is { } idle)
        {
            Say(idle);
        }

        Change(view => RolloutView.Of(stages) with { Traffic = view.Traffic });
        var begin = time.GetTimestamp();
        _drawing = new(console, () => Draw(_view, load.Phases, time.GetUtcNow(), time.GetElapsedTime(begin), expected), Frame, drawingTime);
    }

    /// <inheritdoc/>
    public void Say(string sentence) => console.WriteLine(sentence);

    /// <inheritdoc/>
    public void Noted(string sentence) => Say(sentence);

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded)
    {
        if (recorded is NotificationEnded { Failure: null } told)
        {
            Say(told.Sentence);
        }

        Change(view => view.After(recorded));
    }

    /// <inheritdoc/>
    public void Applying(RolloutAction action, string why) => Change(view => view.Applying(action, why));

    /// <inheritdoc/>
    public void Progressed(RolloutAction action, OperationProgress progress) => Change(view => view.After(action, progress));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _drawing?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>One picture of the run.</summary>
    /// <param name="view">What to show.</param>
    /// <param name="requests">The callers' requests so far.</param>
    /// <param name="now">The time, for the stage that runs.</param>
    /// <param name="elapsed">The time since the run began.</param>
    /// <param name="expected">How long the run usually takes; nothing is said of it where that is no time.</param>
    internal static IRenderable Draw(
        RolloutView view,
        IReadOnlyCollection<LoadPhase> requests,
        DateTimeOffset now,
        TimeSpan elapsed,
        TimeSpan expected)
    {
        var steps = new Table().NoBorder().HideHeaders().Expand()
            .AddColumn(new TableColumn("").Width(1))
            .AddColumn(new TableColumn("").Width(14))
            .AddColumn("")
            .AddColumn(new TableColumn("").RightAligned().Width(12));
        foreach (var line in view.Stages)
        {
            var (glyph, style) = Look(line);
            steps.AddRow(
                new Text(glyph, style),
                new Text(OutcomeText.Target(line.Stage), style),
                new Text(line.Text ?? "", new Style(decoration: line.Outcome is null ? Decoration.None : Decoration.Dim)).Overflow(Overflow.Ellipsis),
                new Text(line.Started is { } started ? Durations.Text((line.Ended ?? now) - started) : "", new Style(Color.Grey)));
        }

        var rows = new List<IRenderable> { steps, new Text("") };
        if (!view.Traffic.IsNone)
        {
            rows.Add(TrafficBar(view.Traffic));
        }

        if (!view.Gates.IsEmpty)
        {
            rows.Add(new Text($"gates {string.Join("  ", view.Gates.Select(report => $"{Glyph(report.Kind)} {report.Title}"))}", new Style(Color.Grey)));
        }

        var sent = requests.Sum(phase => phase.Sent);
        var counts = (sent > 0 ? $"requests {sent}, failed {requests.Sum(phase => phase.Failed)}   " : "")
            + (view.Probes.Sent > 0 ? $"probes {view.Probes.Sent}, failed {view.Probes.Failed}   " : "");
        var whole = expected > TimeSpan.Zero ? $" of about {Durations.Text(expected)}" : "";
        rows.Add(new Text($"{counts}{Durations.Text(elapsed)}{whole}", new Style(Color.Grey)));
        return new Rows(rows);
    }

    private static string Glyph(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => "✔",
        VerdictKind.Fail => "✖",
        VerdictKind.NoData => "◌",
        _ => "?",
    };

    private static BreakdownChart TrafficBar(Traffic traffic)
    {
        var chart = new BreakdownChart().FullSize().ShowPercentage();
        var index = 0;
        foreach (var deployment in traffic.Deployments)
        {
            chart.AddItem(deployment, traffic[deployment], Colors[index++ % Colors.Length]);
        }

        return chart;
    }

    private static (string Glyph, Style Style) Look(StageProgress line) => line switch
    {
        { Outcome: Outcome.Done } => ("✔", new Style(Color.Green)),
        { Outcome: Outcome.Failed } => ("✖", new Style(Color.Red)),
        { Outcome: Outcome.RolledBack } => ("↩", new Style(Color.Yellow)),
        { Outcome: Outcome.Held } => ("‖", new Style(Color.Yellow)),
        { Started: not null } => ("◌", new Style(Color.Aqua)),
        _ => (" ", new Style(Color.Grey)),
    };

    private void Change(Func<RolloutView, RolloutView> change)
    {
        lock (_lock)
        {
            _view = change(_view);
        }
    }
}
