using System.Globalization;
using Newtonsoft.Json;
using Sluice.CommandLine;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Output;

/// <summary>What a run tells a pipeline's later steps: the same names on every agent. What it does not know it leaves out.</summary>
internal static class RunOutputs
{
    /// <summary>The outputs of a run that was refused for its command line or its configuration.</summary>
    public static IReadOnlyCollection<KeyValuePair<string, string>> OfMistaken { get; } = [.. End(ExitCode.Mistaken)];

    /// <summary>The outputs of a run.</summary>
    /// <param name="spec">What was wanted.</param>
    /// <param name="record">What was seen and done.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="report">The absolute path of the file that tells most of it.</param>
    public static IReadOnlyCollection<KeyValuePair<string, string>> Of(RolloutSpec spec, RunRecord record, int exitCode, string report) =>
    [
        .. Names(spec, record).Where(each => each.Value is not null).Select(each => KeyValuePair.Create(each.Name, each.Value!)),
        .. End(exitCode),
        new("report", report),
    ];

    /// <summary>The outcome in a word.</summary>
    public static string Verdict(int exitCode) => exitCode switch
    {
        ExitCode.Done or ExitCode.Changes => "done",
        ExitCode.RolledBack => "rolled-back",
        ExitCode.Held => "held",
        ExitCode.Locked => "locked",
        _ when ExitCode.IsOfSignal(exitCode) => "cancelled",
        _ => "failed",
    };

    private static IEnumerable<(string Name, string? Value)> Names(RolloutSpec spec, RunRecord record)
    {
        yield return ("endpoint", spec.Endpoint.Name);
        yield return ("rollout_id", record.RolloutId);
        yield return ("has_changes", record.HasChanges is { } changes ? (changes ? "true" : "false") : null);
        if (record.State is not { } state)
        {
            yield return ("model", spec.Model.Name);
            yield break;
        }

        var situation = SituationOf(spec, state);
        var endpoint = state.Endpoint;
        yield return ("model", situation.CandidateVersion?.Name ?? spec.Model.Name);
        yield return ("candidate_version", situation.CandidateVersion?.Version);
        yield return ("deployment", situation.Candidate);
        yield return ("scoring_uri", endpoint?.ScoringUri?.ToString());
        yield return ("traffic", endpoint is null ? null : JsonConvert.SerializeObject(endpoint.Traffic.Percents));
        yield return (
            "stable_deployment",
            (situation.CandidateMark?.Stable ?? situation.Stable) is { } stable && endpoint?.Deployment(stable) is not null ? stable : null);
    }

    private static IEnumerable<KeyValuePair<string, string>> End(int exitCode) =>
    [
        new("verdict", Verdict(exitCode)),
        new("exit_code", exitCode.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Names are told by what is there; neither the journal nor the time has a say in them.</summary>
    private static Situation SituationOf(RolloutSpec spec, WorkspaceState state) => new()
    {
        Spec = spec with { Model = spec.Model.PinnedTo(state) },
        State = state,
        History = History.Empty,
        Now = DateTimeOffset.MinValue,
        RolloutId = "",
    };
}
