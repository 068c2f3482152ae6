using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// What a run would do if it began now. It is read off the workspace and the journal: no lock is taken and nothing is written, so that it can
/// be had while another run holds the endpoint.
/// </summary>
/// <param name="Forecast">What the run would do.</param>
/// <param name="State">The workspace as it was seen.</param>
/// <param name="Notes">What a person should know beside it, one sentence each.</param>
public sealed record Outlook(Forecast Forecast, WorkspaceState State, ImmutableArray<string> Notes)
{
    /// <summary>Looks, and foresees what the run would do if all went well.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="workspace">The workspace; it is only read.</param>
    /// <param name="store">Where the journal is kept; it is only read. Null for nowhere.</param>
    /// <param name="time">The clock.</param>
    /// <param name="request">What would be asked of the run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WorkspaceCallException">A call failed.</exception>
    public static async Task<Outlook> OfAsync(
        RolloutSpec spec,
        IWorkspace workspace,
        IJournalStore? store,
        TimeProvider time,
        RunRequest request,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(request);
        for (var look = 1; ; look++)
        {
            var state = await workspace.ObserveAsync(spec.Model, spec.Endpoint.Name, cancellationToken);
            var (journal, notes) = store is null ? JournalLook.None : await JournalLook.AtAsync(store, spec.AsksApproval, cancellationToken);
            var now = time.GetUtcNow();
            var situation = Begin(spec with { Model = spec.Model.PinnedTo(state) }, state, journal, now, request);
            if (StaleLook.MayBe(situation.History, situation.History.Look(state.Endpoint, now), look))
            {
                await Task.Delay(StaleLook.Pause, time, cancellationToken);
                continue;
            }

            var forecast = Forecast.Of(request.Stages, situation, journal.Intended, cancellationToken.ThrowIfCancellationRequested);
            return new(
                forecast,
                state,
                [.. OtherRun(journal.OpenRun, request.Runs), .. notes, .. Planner.KeptDifference(situation) is { } kept ? [kept] : Array.Empty<string>()]);
        }
    }

    private static IEnumerable<string> OtherRun(RunStarted? open, Func<RunningProcess, bool?> runs) => open is null
        ? []
        : [(runs(open.Process) switch
        {
            true => "Another run holds the endpoint",
            false => "Another run died without a word",
            _ => "Another run holds the endpoint, or died without a word",
        }) + $": {RunJournal.Words(open)}. The plan is from where it is now."];

    /// <summary>The situation at the beginning of the run: as a run would have it, only that its beginning is not written down.</summary>
    private static Situation Begin(RolloutSpec spec, WorkspaceState state, JournalReading journal, DateTimeOffset now, RunRequest request)
    {
        var candidate = spec.Model.CandidateContent;
        var rollout = request.RolloutOf(spec, state, journal, now);
        var begin = new RunStarted(now, request.Stages, candidate, request.Process, null) { Rollout = rollout, Actor = request.Actor };
        return request.SituationOf(spec, state, new([.. journal.Of(rollout), begin]), now, rollout);
    }
}
