using System.Globalization;
using Sluice.Load;
using Sluice.Output;
using Sluice.Reporting;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.Spec;
using Sluice.Webhooks;

namespace Sluice.Sessions;

/// <summary>One run of stages with all that belongs to it: the connection, the screen, the journal's copy and the callers' traffic.</summary>
internal sealed class RolloutSession : IRolloutObserver, IAsyncDisposable
{
    private readonly Parameters _parameters;
    private readonly RolloutSpec _spec;
    private readonly WorkspaceConnection _connection;
    private readonly Rollout _rollout;
    private readonly IScreen _screen;
    private readonly JournalFile _journal;
    private readonly RunRecord _record;
    private readonly LoadStatistics _load;
    private readonly HttpWebhook _webhook;
    private readonly TimeProvider _time;
    private readonly ScaledTime? _rehearsal;
    private readonly long _begin;
    private readonly List<StageResult> _results = [];
    private readonly CancellationTokenSource _loadEnd = new();
    private readonly CancellationToken _cancelled;
    private Task<LoadEnd>? _loadClient;
    private LoadEnd _loadEnded = LoadEnd.OfNone;
    private bool _hasActed;
    private string? _report;
    private bool _isScreenEnded;

    private RolloutSession(
        Parameters parameters, RolloutSpec spec, WorkspaceConnection connection, string actor, string? commit, RunState run, ScaledTime? rehearsal)
    {
        TimeProvider time = rehearsal ?? TimeProvider.System;
        _parameters = parameters;
        _spec = spec;
        _connection = connection;
        _cancelled = run.CancellationToken;
        _time = time;
        _rehearsal = rehearsal;
        _begin = time.GetTimestamp();
        _load = new LoadStatistics();
        _record = run.Record;
        _screen = Screens.ForStandardOutput(_load, time, run.Agent);
        var copy = parameters.Rehearsal is null ? "journal.jsonl" : RehearsalRun.JournalName;
        _journal = new JournalFile(Path.Combine(ArtifactsFolder.Of(parameters.Root), copy), _screen.Say);
        var request = RequestOf(parameters, parameters.Stages, actor, time) with { Commit = commit };
        _webhook = new HttpWebhook(TimeProvider.System);
        var sources = new EvidenceSources(
            connection.Scoring,
            connection.Telemetry,
            _webhook,
            variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? run.Mask.Hide(value) : null);
        _rollout = new Rollout(
            spec, connection.Workspace, sources, connection.Journal, [_journal, _load, _screen, _record, this], time, request);
    }

    /// <summary>Connects, and shows what lies ahead.</summary>
    /// <param name="parameters">What the run was asked to do.</param>
    /// <param name="spec">What is wanted.</param>
    /// <param name="actor">Who runs.</param>
    /// <param name="commit">What it was made from; null where nobody knows it.</param>
    /// <param name="run">Takes in the secrets, and what happens.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RolloutSession> OpenAsync(
        Parameters parameters, RolloutSpec spec, string actor, string? commit, RunState run, CancellationToken cancellationToken)
    {
        var rehearsal = parameters.Rehearsal is { } planned ? new ScaledTime(TimeProvider.System, planned.Speed) : null;
        var connection = rehearsal is null
            ? await WorkspaceConnection.OpenAsync(spec, run.Mask, cancellationToken)
            : await WorkspaceConnection.OpenRehearsalAsync(spec, rehearsal, run.Mask, cancellationToken);
        var session = new RolloutSession(parameters, spec, connection, actor, commit, run, rehearsal);
        try
        {
            foreach (var sentence in parameters.Rehearsal?.Sentences(spec) ?? [])
            {
                session._screen.Say(sentence);
            }

            session._screen.Say(connection.Greeting);
            var forecast = await session._rollout.ForecastAsync(parameters.Stages, cancellationToken);
            if (parameters.Injection is { } injection && session._rollout.Candidate is { } candidate)
            {
                // What serves may have been a candidate before, so the rules name this one, which nobody knows before the first look.
                connection.ReplaceFaults(injection.AddTo(spec.Emulator!.Faults, candidate));
            }

            session._screen.Begin(parameters.Stages, forecast, ExpectedDuration.Of(forecast, spec));
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a run of stages asks for.</summary>
    /// <param name="parameters">What the run was asked to do.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="actor">Who runs.</param>
    /// <param name="time">The clock.</param>
    public static RunRequest RequestOf(Parameters parameters, IReadOnlyList<Stage> stages, string actor, TimeProvider time) => new()
    {
        Stages = stages,
        NewRolloutId = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..6]}"),
        Actor = actor,
        Commands = parameters.Commands,
        AfterRehearsal = parameters.Rehearsal is null ? null : outcome => RehearsalRun.Next(parameters, outcome == Outcome.Done),
        Process = ThisMachine.Process(),
        Runs = ThisMachine.Runs,
        RollbackTo = parameters.RollbackTo,
        Retry = parameters.Retry,
        Adopt = parameters.Adopt,
        WaitForLock = parameters.WaitForLock,
        Approves = parameters.Approves,
        ForceUnlock = parameters.ForceUnlock,
    };

    /// <summary>Runs a stage.</summary>
    public async Task<StageResult> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var result = await _rollout.RunAsync(stage, cancellationToken);
        _results.Add(result);
        return result;
    }

    /// <summary>Takes back the rollout that is under way, for a run that was cancelled.</summary>
    /// <returns>How that ended; null when none is under way.</returns>
    public async Task<StageResult?> TakeBackAsync(CancellationToken cancellationToken)
    {
        if (await _rollout.TakeBackAsync(cancellationToken) is not { } taken)
        {
            return null;
        }

        var result = taken.Outcome == Outcome.Done
            ? taken with { Finish = new(Outcome.RolledBack, $"The run was cancelled, and --on-cancel is rollback: {taken.Why}") }
            : taken;
        _results.Add(result);
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>Callers come as soon as something serves and a rollout is about to change that; a run that changes nothing sends nothing.</remarks>
    public void Applying(RolloutAction action, string why)
    {
        _hasActed = true;
        if (_spec.Load is { } load && _loadClient is null && action is not DeleteEndpoint && _record.State?.Endpoint is { Traffic.Sum: 100 })
        {
            _loadClient = SendLoadAsync(load);
        }
    }

    /// <summary>The last word, once the session is disposed.</summary>
    /// <param name="failure">What ended the run before its stage did, in a sentence; null when nothing did.</param>
    public Summary Summarize(string? failure) =>
        new(
            _spec,
            _results,
            failure,
            _record.State,
            _load.Phases,
            _loadEnded.Due,
            _load.FirstFailure,
            _record.Run?.Took ?? _time.GetElapsedTime(_begin),
            _parameters,
            _report,
            _rollout.NextAfterError)
        {
            RehearsedIn = _rehearsal?.RealElapsed,
            RequestsNotAwaited = _loadEnded.NotAwaited,
        };

    /// <summary>Brings the screen to rest, for a process that ends amid the run.</summary>
    public ValueTask EndScreenAsync() => Interlocked.Exchange(ref _isScreenEnded, true) ? ValueTask.CompletedTask : _screen.DisposeAsync();

    /// <summary>
    /// Ends the rollout with its lock, the callers' traffic, the report, the screen and the connection, in this order; each whatever the one
    /// before it throws. Callers send nothing more from the beginning on, but nobody who wants the lock waits for their last answers.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await using var connection = _connection;
        using var loadEnd = _loadEnd;
        using var journal = _journal;
        using var webhook = _webhook;
        try
        {
            await using var rollout = _rollout;
            await loadEnd.CancelAsync();
            await rollout.EndAsync(_cancelled);
        }
        finally
        {
            try
            {
                _loadEnded = await (_loadClient ?? Task.FromResult(LoadEnd.OfNone));
            }
            finally
            {
                try
                {
                    await WriteReportAsync();
                }
                finally
                {
                    await EndScreenAsync();
                }
            }
        }
    }

    /// <summary>
    /// The report of the rollout so far, where this run did something. Whatever goes wrong with it, the rollout itself has ended as it has.
    /// </summary>
    private async Task WriteReportAsync()
    {
        if (!_hasActed || _report is not null)
        {
            return;
        }

        var name = _parameters.Rehearsal is null ? ReportFile.Name : RehearsalRun.ReportName;
        try
        {
            var events = _rollout.EventsBefore.Concat(_journal.RecordedOf(_record.RolloutId ?? ""));
            var file = Path.Combine(ArtifactsFolder.Open(_parameters.Root), name);
            await ReportFile.WriteAsync(file, RolloutReport.Of([.. events]), CancellationToken.None);
            _report = file;
        }
        catch (Exception error)
        {
            _screen.Say($"The report artifacts/{name} could not be written: {AgentCommands.Defuse(error.Message)}");
        }
    }

    /// <summary>Sends the callers' requests until the run ends.</summary>
    private async Task<LoadEnd> SendLoadAsync(LoadSpec load)
    {
        try
        {
            // Callers live by the machine's clock, also where the rollout does not.
            var endpoint = new EndpointCaller(_connection.Workspace, _connection.Callers, _spec.Endpoint.Name, TimeProvider.System);
            await endpoint.OpenAsync(_loadEnd.Token);
            var client = new LoadClient(endpoint, _spec.Probes.Rows, load.RequestsPerSecond, TimeProvider.System);
            return await client.RunAsync(_load.Send, _loadEnd.Token, _cancelled);
        }
        catch (OperationCanceledException)
        {
            // The run was over before the first request.
            return LoadEnd.OfNone;
        }
        catch (RolloutException error)
        {
            _screen.Say($"No requests are sent: {error.Message}");
            return LoadEnd.OfNone;
        }
    }
}
