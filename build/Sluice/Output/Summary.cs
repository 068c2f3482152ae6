using System.Globalization;
using Sluice.Load;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Output;

/// <summary>The last word of a run: where the endpoint is now, what came of the requests, and what to run next.</summary>
/// <param name="Spec">What was wanted.</param>
/// <param name="Results">The stages that ended, in order.</param>
/// <param name="Failure">What ended the run before its stage did, in a sentence; null when nothing did.</param>
/// <param name="State">The last look; null when there was none.</param>
/// <param name="Phases">The callers' requests by traffic map.</param>
/// <param name="RequestsDue">How many of them the rate asked for; more than were sent where the machine was too busy.</param>
/// <param name="FirstFailure">What the first failed request got; null when none failed.</param>
/// <param name="Duration">How long the run took.</param>
/// <param name="Parameters">What the run was asked to do.</param>
/// <param name="Report">The absolute path of its report; null when there is none.</param>
/// <param name="NextAfterError">What a person may do next where something ended the run early; null where nobody looked before it did.</param>
internal sealed record Summary(
    RolloutSpec Spec,
    IReadOnlyCollection<StageResult> Results,
    string? Failure,
    WorkspaceState? State,
    IReadOnlyCollection<LoadPhase> Phases,
    long RequestsDue,
    string? FirstFailure,
    TimeSpan Duration,
    Parameters Parameters,
    string? Report = null,
    NextSteps? NextAfterError = null)
{
    /// <summary>Below this share of the requests due, the summary says that the machine was too slow.</summary>
    private const double LeastShare = 0.9;

    /// <summary>Fewer missing requests than these are an accident of when the run ended, whatever their share.</summary>
    private const int FewestMissing = 10;

    /// <summary>The lines, with aligned labels, each of which is nothing but text to an agent.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var (label, text) in Entries())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {label,-10} {AgentCommands.Defuse(text)}");
        }
    }

    /// <summary>How it ended, in one sentence.</summary>
    public string Result => Failure ?? Results.LastOrDefault() switch
    {
        null => "stopped before a stage ended",
        { Outcome: Outcome.Done } last when Results.Sum(result => result.Actions) == 0 => $"nothing to do: {last.Why}",
        { } last => $"{OutcomeText.Target(last.Stage)}: {OutcomeText.Of(last.Outcome)}. {last.Why}",
    };

    /// <summary>What a person may do next.</summary>
    public NextSteps Next =>
        Parameters.Rehearsal is not null ? RehearsalRun.Next(Parameters, Failure is null && Results.All(result => result.Outcome == Outcome.Done))
        : Failure is null && Results.LastOrDefault() is { } last ? last.Next
        : NextAfterError ?? Parameters.Commands.AfterError(State?.Endpoint is { FailedToBeCreated: true });

    /// <summary>How long it took.</summary>
    public string Took => Durations.Text(Duration) + (RehearsedIn is { } real ? $", rehearsed in {Durations.Text(real)}" : "");

    /// <summary>How long a rehearsal took by the machine's own clock; null for a run that is none.</summary>
    public TimeSpan? RehearsedIn { get; init; }

    /// <summary>How many requests were under way when a run was cancelled, and not awaited.</summary>
    public int RequestsNotAwaited { get; init; }

    /// <summary>Whether callers have sent anything.</summary>
    public bool HasRequests => Phases.Count > 0 || RequestsNotAwaited > 0;

    /// <summary>How many requests callers have sent, and what came of them.</summary>
    public string RequestsCounted => $"{Phases.Sum(phase => phase.Sent)} sent, {Phases.Sum(phase => phase.Failed)} failed"
        + (RequestsNotAwaited > 0 ? $"; {RequestsNotAwaited} more were under way and not awaited" : "");

    private IEnumerable<(string Label, string Text)> Entries()
    {
        yield return ("result", Result);
        if (State?.Endpoint is { } endpoint)
        {
            yield return ("endpoint", endpoint.FailedToBeCreated
                ? $"{endpoint.Name} was not created successfully"
                : $"{endpoint.Name}  {endpoint.ScoringUri}");
            yield return ("traffic", endpoint.Traffic.And(endpoint.MirrorTraffic)
                + (endpoint.State.IsSettled() ? "" : $"; the endpoint is {endpoint.State}, which may change it"));
            foreach (var deployment in endpoint.DeploymentsByTraffic)
            {
                yield return ("", $"{deployment.Name}: {deployment.Served}, {deployment.State}");
            }
        }
        else if (State is not null)
        {
            yield return ("endpoint", $"{Spec.Endpoint.Name} does not exist");
        }

        foreach (var line in Requests())
        {
            yield return line;
        }

        yield return ("duration", Took);
        if (Report is not null)
        {
            yield return ("report", ArtifactsFolder.Shown(Report));
        }

        foreach (var (index, line) in Next.Lines.Index())
        {
            yield return (index == 0 ? "next" : "", line);
        }
    }

    private IEnumerable<(string Label, string Text)> Requests()
    {
        if (!HasRequests)
        {
            yield break;
        }

        yield return ("requests", RequestsCounted);
        var begun = Phases.Sum(phase => phase.Sent) + RequestsNotAwaited;
        if (begun < RequestsDue * LeastShare && RequestsDue - begun >= Math.Max(FewestMissing, Spec.Load?.RequestsPerSecond ?? 0))
        {
            var less = Parameters.Rehearsal is null ? "a lower load.requestsPerSecond" : "a lower --speed";
            yield return ("", $"{RequestsDue} were due; this machine managed no more, so gates on traffic saw less than was asked for; {less} helps");
        }

        if (FirstFailure is not null)
        {
            yield return ("", $"the first failure: {FirstFailure}");
        }

        foreach (var phase in Phases.Where(phase => phase.Traffic is { IsNone: false }))
        {
            yield return ("", $"at [{phase.Traffic?.And(phase.Mirrored)}]: {LoadPhase.Words([phase])}");
        }

        var changing = Phases.Where(phase => phase.Traffic is not { IsNone: false }).ToArray();
        if (changing.Length > 0)
        {
            yield return ("", $"while something was changed: {LoadPhase.Words(changing)}");
        }
    }
}
