using Cake.Core;
using Cake.Frosting;
using Cake.Json;
using Sluice.Inspection;
using Sluice.Output;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Sessions;

namespace Sluice;

/// <summary>What the tasks share. Making it has no effect outside the process: the session opens with the first stage.</summary>
public sealed class RolloutContext : FrostingContext
{
    private readonly RunState _run;

    /// <summary>A context over the engine's.</summary>
    /// <param name="context">The engine's context.</param>
    /// <param name="parameters">What the run was asked to do.</param>
    /// <param name="run">What the run leaves for the program's last word.</param>
    public RolloutContext(ICakeContext context, Parameters parameters, RunState run)
        : base(context)
    {
        Parameters = parameters;
        _run = run;
    }

    /// <summary>What the run was asked to do.</summary>
    public Parameters Parameters { get; }

    /// <summary>Cancelled by the first SIGINT, SIGTERM or SIGHUP.</summary>
    public CancellationToken CancellationToken => _run.CancellationToken;

    /// <summary>What is wanted.</summary>
    /// <exception cref="InvalidOperationException">The target is declared as one that needs no configuration.</exception>
    public RolloutSpec Spec => Parameters.Spec ?? throw new InvalidOperationException($"{Parameters.Target} has no configuration.");

    /// <summary>Runs a stage to its end.</summary>
    /// <exception cref="StageStoppedException">It ended other than done; the following tasks must not run.</exception>
    public async Task RunAsync(Stage stage)
    {
        StageResult result;
        var isLast = true;
        try
        {
            result = await RunOrTakeBackAsync(stage);
            isLast = result.Outcome != Outcome.Done || stage == Parameters.Stages[^1];
        }
        finally
        {
            // The screen must be at rest before the engine prints its report, and the engine's own teardown can't await.
            if (isLast && _run.Session is { } session)
            {
                await session.DisposeAsync();
            }
        }

        if (result.Outcome != Outcome.Done)
        {
            _run.IsStopped = result.Outcome is Outcome.Held or Outcome.RolledBack;
            throw new StageStoppedException(result);
        }
    }

    /// <summary>Serves the local Azure ML until it is cancelled.</summary>
    internal Task ServeAsync() => ForegroundEmulator.RunAsync(Spec, _run.Mask, Print, CancellationToken);

    /// <summary>Runs a stage; where the run is cancelled in it and the configuration wants that, the rollout is taken back.</summary>
    private async Task<StageResult> RunOrTakeBackAsync(Stage stage)
    {
        try
        {
            return await (await SessionAsync(CancellationToken)).RunAsync(stage, CancellationToken);
        }
        catch (Exception error) when (IsToBeTakenBack(error))
        {
            // The same signal once more, or another one, ends the process. Until then the traffic's way back has the time that one operation may take.
            using var limit = new CancellationTokenSource(Spec.Strategy.OperationTimeout);
            if (await (await SessionAsync(limit.Token)).TakeBackAsync(limit.Token) is not { } result)
            {
                throw;
            }

            return result;
        }
    }

    /// <summary>The run's session; it is opened where that has not been done, or was cut off.</summary>
    private async Task<RolloutSession> SessionAsync(CancellationToken cancellationToken) => _run.Session ??= await RolloutSession.OpenAsync(
        Parameters, Spec, RunActor.Of(this), SourceCommit.Of(this, Parameters.Root), _run, cancellationToken);

    /// <summary>
    /// Whether the run was cancelled, and the configuration wants the rollout to be taken back then. A rehearsal that was cancelled before it began
    /// has none.
    /// </summary>
    private bool IsToBeTakenBack(Exception error) => error is OperationCanceledException && CancellationToken.IsCancellationRequested
        && Spec.Strategy.OnCancel == CancelPolicy.Rollback && (_run.Session is not null || Parameters.Rehearsal is null);

    /// <summary>Opens a connection to the workspace, for a diagnosis, which also tells what a credential lacks.</summary>
    internal Task<WorkspaceConnection> ConnectForDiagnosisAsync() =>
        WorkspaceConnection.OpenForDiagnosisAsync(Spec, _run.Mask, CancellationToken);

    /// <summary>Opens a connection to the workspace, for a look.</summary>
    /// <param name="longestCall">The longest time that one call may take; null for what the configuration allows.</param>
    internal Task<WorkspaceConnection> ConnectAsync(TimeSpan? longestCall = null) => WorkspaceConnection.OpenAsync(
        longestCall is { } limit && limit < Spec.Strategy.OperationTimeout
            ? Spec with { Strategy = Spec.Strategy with { OperationTimeout = limit } }
            : Spec,
        _run.Mask,
        CancellationToken);

    /// <summary>Shows what a look has found: as one JSON document, in lines for people, or in Markdown.</summary>
    /// <param name="state">The workspace.</param>
    /// <param name="document">What <c>--output=json</c> shows.</param>
    /// <param name="lines">What people are shown.</param>
    /// <param name="markdown">The same in Markdown; null where there is none.</param>
    /// <param name="hasChanges">Whether there is something to change, for a plan.</param>
    internal void Show(
        WorkspaceState state, IDocumentPart document, IEnumerable<string> lines, IEnumerable<string>? markdown = null, bool? hasChanges = null)
    {
        _run.Record.Look(state, lines, markdown ?? [], hasChanges);
        Print(Parameters.Output switch
        {
            OutputForm.Json => JsonLines(document),
            OutputForm.Markdown => _run.Record.ShownAsMarkdown,
            _ => _run.Record.Shown,
        });
    }

    /// <summary>The lines of a JSON document for programs.</summary>
    internal IEnumerable<string> JsonLines(IDocumentPart document) => [AgentCommands.DefuseJson(this.SerializeJsonPretty(document))];

    /// <summary>Keeps what a look has found that is shown already, for what the run hands over at its end.</summary>
    /// <param name="state">The workspace.</param>
    /// <param name="lines">What people are shown.</param>
    internal void Keep(WorkspaceState state, IEnumerable<string> lines) => _run.Record.Look(state, lines, markdown: []);

    /// <summary>Writes to standard output, as the task's result.</summary>
    internal void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _run.Output.WriteLine(line);
        }
    }

    /// <summary>Writes a text from elsewhere as it is, but for an agent that might take it for commands.</summary>
    internal void PrintForeign(string text) => Print([_run.Agent is null ? text.TrimEnd() : AgentCommands.Defuse(text.TrimEnd())]);

    /// <summary>Ends a run that a person has cancelled and that has nothing more to do; with the exit code of that, and without an error.</summary>
    internal void EndAsCancelled(OperationCanceledException cancelled) => _run.Error = cancelled;

    /// <summary>Has the run end with another exit code than 0 when all goes well.</summary>
    internal void EndWith(int code) => _run.GoodEnd = code;

    /// <summary>Says something after everything else was said, as the program's last lines.</summary>
    internal void SayLast(string line) => _run.LastLines.Add(line);
}
