using Sluice.Output.Agents;
using Sluice.Rollouts;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Output;

/// <summary>One timestamped line for each thing that happens; for logs and pipelines.</summary>
/// <param name="writer">Takes the lines.</param>
/// <param name="time">The rollout's clock, which is shown.</param>
/// <param name="agent">Folds the lines of each stage; null at a desk.</param>
internal sealed class PlainScreen(TextWriter writer, TimeProvider time, IPipelineAgent? agent) : IScreen
{
    /// <summary>News of an operation is repeated at most this often.</summary>
    private static readonly TimeSpan NewsInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, VerdictKind?> _answers = new(StringComparer.Ordinal);
    private Stage? _stage;
    private bool _isInGroup;
    private TimeSpan _lastNews;

    /// <inheritdoc/>
    public void Begin(IReadOnlyCollection<Stage> stages, Forecast forecast, TimeSpan expected) => Say(
        forecast.Idle
            ?? $"{OutcomeText.Ahead(forecast.Actions.Count(planned => planned.Action is not TakeLook))}, about {Durations.Text(expected)}.");

    /// <inheritdoc/>
    public void Say(string sentence) => Write(null, sentence);

    /// <inheritdoc/>
    public void Noted(string sentence) => Say(sentence);

    /// <inheritdoc/>
    public void Applying(RolloutAction action, string why)
    {
        _lastNews = TimeSpan.Zero;
        if (action is not TakeLook)
        {
            Write(_stage, $"{action}: {why}");
        }
    }

    /// <inheritdoc/>
    public void Progressed(RolloutAction action, OperationProgress progress)
    {
        if (progress.Elapsed - _lastNews >= NewsInterval)
        {
            _lastNews = progress.Elapsed;
            Write(_stage, $"{action}: {RolloutView.Words(progress)}");
        }
    }

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded)
    {
        switch (recorded)
        {
            case StageStarted started:
                EndGroup();
                _stage = started.Stage;
                BeginGroup(OutcomeText.Target(started.Stage));
                break;
            case StageFinished finished:
                EndGroup();
                Write(finished.Stage, $"{OutcomeText.Of(finished.Outcome)}. {finished.Why}");
                break;
            case Adopted adopted:
                Write(_stage, $"accepted: traffic is {Traffic.Of(adopted.Traffic)}");
                break;
            case ActionFailed failed:
                Write(_stage, $"failed: {failed.Error}");
                break;
            case ActionFinished finished when finished.Elapsed > TimeSpan.FromSeconds(0.5):
                Write(_stage, $"{finished.Action}: done in {Durations.Text(finished.Elapsed)}");
                break;
            case TrafficWritten written:
                Write(_stage, $"traffic is {Traffic.Of(written.Traffic).And(written.MirrorAfter(Traffic.None))}");
                break;
            case SmokeTested smoke:
                Write(_stage, $"smoke test: {smoke.Verdict.Kind}, {smoke.Verdict.Sentence}");
                break;
            case GatesJudged judged:
                Tell(judged);
                break;
            case NotificationEnded { Failure: null } told:
                Say(told.Sentence);
                break;
            case ProbesAnswered probes:
                Write(_stage, $"{probes.Deployment}: {probes.Tally.Sent} probes, {probes.Tally.Failed} failed");
                break;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A stage that failed, or was cancelled, has not finished: its part of the log ends here.</remarks>
    public ValueTask DisposeAsync()
    {
        EndGroup();
        return ValueTask.CompletedTask;
    }

    /// <summary>A gate is told when its answer is another one than before; hundreds of looks say the same.</summary>
    private void Tell(GatesJudged judged)
    {
        foreach (var report in judged.Reports.Where(report => _answers.GetValueOrDefault(report.Gate) != report.Kind))
        {
            _answers[report.Gate] = report.Kind;
            Write(_stage, $"gate {report.Title}: {report.Kind}, {report.Sentence}");
        }
    }

    private void BeginGroup(string title)
    {
        lock (_lock)
        {
            agent?.BeginGroup(title);
            _isInGroup = true;
        }
    }

    private void EndGroup()
    {
        lock (_lock)
        {
            if (_isInGroup)
            {
                agent?.EndGroup();
                _isInGroup = false;
            }
        }
    }

    private void Write(Stage? stage, string text)
    {
        var now = Instants.Word(time.GetUtcNow());
        lock (_lock)
        {
            writer.WriteLine($"{now} {(stage is { } known ? $"{OutcomeText.Target(known),-8} " : "")}{AgentCommands.Defuse(text)}");
        }
    }
}
