using System.Globalization;
using Sluice.Output;
using Sluice.Rollouts;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.State;

namespace Sluice.Inspection;

/// <summary>The status for people: one screen.</summary>
internal static class StatusText
{
    private const int BarWidth = 20;

    /// <summary>The lines of one look. All times in them are points in time, so that two looks at the same thing have the same lines.</summary>
    public static IEnumerable<string> Lines(StatusDocument status, string endpointName)
    {
        IEnumerable<string>[] parts =
        [
            Endpoint(status, endpointName),
            Deployments(status),
            status.Progress is { } progress ? Progress(progress) : [],
            Gates(status),
            status.Lock is { } held ? [Line("lock", Words(held))] : [],
            Next(new([.. status.NextCommands.Select(part => new NextStep(part.Command, part.When))])),
            status.Notes.Select(note => $"Note: {AgentCommands.Defuse(note)}"),
        ];
        return parts.SelectMany(part => part);
    }

    private static IEnumerable<string> Endpoint(StatusDocument status, string endpointName) => status.Endpoint is { } endpoint
        ? [$"Endpoint {endpoint.Name} is {endpoint.State}", Line("scoring", endpoint.ScoringUri?.ToString() ?? (endpoint.State.IsSettled() ? "none" : "not yet"))]
        : [$"Endpoint {endpointName} does not exist in workspace {status.Workspace}."];

    private static IEnumerable<string> Deployments(StatusDocument status)
    {
        foreach (var deployment in status.Deployments)
        {
            var wanted = deployment.WantedTraffic is { } percent && percent != deployment.Traffic ? $", wanted {percent} %" : "";
            var mirror = deployment.MirrorTraffic > 0 ? $", mirrors {deployment.MirrorTraffic} %" : "";
            var registry = deployment.ModelRegistry is null ? "" : $" of registry {deployment.ModelRegistry}";
            yield return $"  {deployment.Name,-16} {Bars.Of(deployment.Traffic, BarWidth)} {deployment.Traffic,3} %{wanted}  "
                + $"{deployment.Model} version {deployment.ModelVersion}{registry}, {deployment.State}, "
                + $"{deployment.InstanceCount} × {deployment.InstanceType}{mirror}";
            if (deployment.Requests is { } load)
            {
                yield return $"  {"",-16} {Words(load)}";
            }
        }
    }

    private static string Words(StatusDocument.LoadPart load)
    {
        var latency = load is { MedianMilliseconds: { } median, P95Milliseconds: { } p95 }
            ? string.Create(CultureInfo.InvariantCulture, $", p50 {median:0.#} ms, p95 {p95:0.#} ms")
            : "";
        var source = load.Source == LoadSource.Telemetry
            ? $"telemetry from {Instants.Text(load.From)} to {Instants.Text(load.To)}"
            : $"the rollout's looks since {Instants.Text(load.From)}";
        var mirrored = load.IncludesMirrored ? ", mirrored copies among them" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{load.Sent:#,0} requests{mirrored}, {load.Errors:#,0} errors{latency} ({source})");
    }

    private static IEnumerable<string> Progress(StatusDocument.ProgressPart progress)
    {
        var pair = progress.Candidate is null ? "" : $": {(progress.Stable is null ? "" : $"{progress.Stable} → ")}{progress.Candidate}";
        var begin = progress.Since is { } since ? $", since {Instants.Text(since)} by {AgentCommands.Defuse(progress.By ?? "somebody")}" : "";
        yield return Line("rollout", $"{progress.Id}{pair}{begin}");
        if (progress.Outcome is { } outcome)
        {
            var stage = progress is { Outcome: Outcome.RolledBack, Stage: { } within and not Stage.Rollback } ? $" in {within}" : "";
            var end = progress.Ended is { } ended ? $", {Instants.Text(ended)} by {AgentCommands.Defuse(progress.EndedBy ?? "somebody")}" : "";
            yield return Line("ended", $"{OutcomeText.Of(outcome)}{stage}{end}");
        }
        else if (progress.Stage is { } at)
        {
            yield return Line("at", $"{at}{Held(progress)}");
        }

        if (progress.Doing is { } doing)
        {
            yield return Line("doing", $"{AgentCommands.Defuse(doing)}, since {Instants.Text(progress.DoingSince!.Value)}");
        }

        if (progress.WouldDo is { } action)
        {
            yield return Line("to do", AgentCommands.Defuse(action));
        }

        if (progress.Waits is { } waits)
        {
            yield return Line(progress.Outcome is null ? "waits" : "", AgentCommands.Defuse(waits));
        }

        foreach (var (what, until) in new[]
        {
            ("changes open", progress.WindowOpens),
            ("the deadline ends", progress.Deadline),
        })
        {
            if (until is { } point)
            {
                yield return Line("", $"{what} {Instants.Text(point)}");
            }
        }

        if (progress.Approval is { } approval)
        {
            yield return Line("", $"approval of the {approval} is missing");
        }
    }

    private static string Held(StatusDocument.ProgressPart progress)
    {
        if (progress is not { Share: { } share, HeldSince: { } since })
        {
            return "";
        }

        var step = progress.Step is { } number ? $", step {number} of {progress.Steps}" : progress.Stage == Stage.Promote ? ", final bake" : "";
        var evidence = progress.EvidenceUntil is { } until ? $", until {Instants.Text(until)} while evidence is missing" : "";
        var bake = progress.BakeEnds is { } end ? $", bakes until {Instants.Text(end)}" : "";
        return $"{step}: {share} since {Instants.Text(since)}{bake}{evidence}";
    }

    private static IEnumerable<string> Gates(StatusDocument status)
    {
        if (status.Probes is { } probes)
        {
            yield return Gate("probes", probes.Verdict, probes.Sentence);
        }

        if (status.Gates is not { Reports.Count: > 0 } gates)
        {
            yield break;
        }

        foreach (var report in gates.Reports)
        {
            yield return Gate(report.Gate, report.Verdict, $"{report.Sentence}{(report.IsConclusive ? " (proven)" : "")}{GateReport.RemarkOf(report.ObserveOnly)}");
        }

        yield return Line("", $"as the gates were asked at {gates.Share}, {Instants.Text(gates.Time)}");
    }

    private static string Gate(string name, VerdictKind verdict, string sentence) =>
        Line("gate", $"{name,-20} {verdict,-12} {AgentCommands.Defuse(sentence)}");

    private static string Words(StatusDocument.LockPart held) =>
        $"{AgentCommands.Defuse(held.By)} runs {string.Join(", ", held.Stages)} since {Instants.Text(held.Since)}{held.IsAlive switch
        {
            true => "",
            false => "; its process is dead, and the next run takes over",
            null => ", if it did not die",
        }}";

    private static IEnumerable<string> Next(NextSteps next) =>
        next.Lines.Select((line, index) => Line(index == 0 ? "next" : "", AgentCommands.Defuse(line)));

    private static string Line(string label, string text) => $"  {label,-10} {text}";
}
