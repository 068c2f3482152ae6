using Sluice.Output.Agents;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.State;

namespace Sluice.Output;

/// <summary>What a run has seen and done so far, for what it hands over at its end, however it ends.</summary>
/// <param name="agent">Is told each thing that a person should know; null at a desk.</param>
internal sealed class RunRecord(IPipelineAgent? agent) : IRolloutObserver
{
    /// <summary>The last look at the workspace, with the traffic that was written since; null when there was none.</summary>
    public WorkspaceState? State { get; private set; }

    /// <summary>The stages and the gates.</summary>
    public RolloutView View { get; private set; } = new();

    /// <summary>The rollout that the run is part of, or that the endpoint's tags tell of; null when it knows none.</summary>
    public string? RolloutId
    {
        get => field ?? State?.Endpoint?.Mark?.RolloutId;
        private set;
    }

    /// <summary>The run as its report has it; null while it is not begun.</summary>
    public ReportedRun? Run { get; private set; }

    /// <summary>Whether a plan has something to change; null when nothing was planned.</summary>
    public bool? HasChanges { get; private set; }

    /// <summary>The lines that a target which only looks has shown; empty for the others.</summary>
    public IReadOnlyList<string> Shown { get; private set; } = [];

    /// <summary>The same in Markdown; empty where the lines are all there is.</summary>
    public IReadOnlyList<string> ShownAsMarkdown { get; private set; } = [];

    /// <summary>Keeps what a target has found that only looks.</summary>
    /// <param name="state">The workspace.</param>
    /// <param name="lines">What it shows, in lines for people.</param>
    /// <param name="markdown">The same in Markdown; empty where the lines are all there is.</param>
    /// <param name="hasChanges">Whether there is something to change, for a plan.</param>
    public void Look(WorkspaceState state, IEnumerable<string> lines, IEnumerable<string> markdown, bool? hasChanges = null)
    {
        ShownAsMarkdown = [.. markdown];
        State = state;
        Shown = [.. lines];
        HasChanges = hasChanges;
    }

    /// <inheritdoc/>
    public void Observed(WorkspaceState state) => State = state;

    /// <inheritdoc/>
    public void Noted(string sentence) => agent?.Warning(new(sentence));

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded)
    {
        RolloutId = recorded.Rollout ?? RolloutId;
        View = View.After(recorded);
        Run = recorded switch
        {
            RunStarted begun => ReportedRun.Of(begun),
            RunEnded ended => Run?.With(ended),
            _ => Run,
        };
        if (recorded is TrafficKnown known && State is { Endpoint: { } endpoint } state)
        {
            State = state with { Endpoint = endpoint with { Traffic = Traffic.Of(known.Traffic) } };
        }
    }
}
