using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.State;

namespace Sluice.Inspection;

/// <summary>What <c>Status --output=json</c> prints: the endpoint and its rollout as they are. Members are only ever added.</summary>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="Endpoint">The endpoint; null when it does not exist.</param>
/// <param name="Deployments">Its deployments, those with traffic first.</param>
/// <param name="Rollout">The latest rollout, as the endpoint's tags tell it; null when there was none.</param>
/// <param name="Time">When it was looked.</param>
/// <param name="Progress">The rollout under way, else the latest, as the journal and the planner tell it; null when there was none.</param>
/// <param name="Lock">The run that holds the endpoint, or died without a word; null when none does.</param>
/// <param name="Probes">
/// What the candidate's probes say under the present traffic, or said before it was taken back; null where no weight is held, or was.
/// </param>
/// <param name="Gates">What the gates said last; null when they have not been asked.</param>
/// <param name="Notes">What a person should know beside it.</param>
/// <param name="Next">What a person may do next, on one line: commands with a remark each.</param>
/// <param name="NextCommands">The same, one step each.</param>
internal sealed record StatusDocument(
    string Workspace,
    StatusDocument.EndpointPart? Endpoint,
    IReadOnlyList<StatusDocument.DeploymentPart> Deployments,
    StatusDocument.RolloutPart? Rollout,
    DateTimeOffset Time,
    StatusDocument.ProgressPart? Progress,
    StatusDocument.LockPart? Lock,
    StatusDocument.ProbesPart? Probes,
    StatusDocument.GatesPart? Gates,
    IReadOnlyList<string> Notes,
    string Next,
    IReadOnlyList<StatusDocument.NextPart> NextCommands) : IDocumentPart
{
    /// <summary>The document of a look.</summary>
    /// <param name="workspace">The workspace's name.</param>
    /// <param name="standing">The look.</param>
    /// <param name="next">What a person may do next.</param>
    public static StatusDocument Of(string workspace, Standing standing, NextSteps next)
    {
        var endpoint = standing.State.Endpoint;
        return new(
            workspace,
            endpoint is null
                ? null
                : new(endpoint.Name, endpoint.State, endpoint.ScoringUri, endpoint.Traffic.Percents, endpoint.MirrorTraffic.Percents),
            [.. (endpoint?.DeploymentsByTraffic ?? []).Select(deployment => DeploymentPart.Of(endpoint!, deployment, standing))],
            endpoint?.Mark is { } mark ? new(mark.RolloutId, mark.Stable, mark.Candidate, mark.Status) : null,
            standing.Time,
            ProgressPart.Of(standing),
            standing.Run is { } run ? new(run.Actor ?? "somebody", run.Stages, run.Time, standing.RunIsAlive) : null,
            standing.Probes is { } probes ? new(probes.Kind, probes.Sentence) : null,
            standing is { Judged: { } judged, JudgedShare: { } share } ? GatesPart.Of(judged, share) : null,
            standing.Notes,
            next.Sentence,
            [.. next.Steps.Select(step => new NextPart(step.Command, step.When))]);
    }

    /// <summary>The endpoint.</summary>
    internal sealed record EndpointPart(
        string Name,
        [property: JsonConverter(typeof(StringEnumConverter))] ProvisioningState State,
        Uri? ScoringUri,
        IReadOnlyDictionary<string, int> Traffic,
        IReadOnlyDictionary<string, int> MirrorTraffic) : IDocumentPart;

    /// <summary>A deployment; traffic in percent.</summary>
    internal sealed record DeploymentPart(
        string Name,
        [property: JsonConverter(typeof(StringEnumConverter))] ProvisioningState State,
        string? Model,
        string? ModelVersion,
        string? ModelRegistry,
        string InstanceType,
        int InstanceCount,
        int Traffic,
        int MirrorTraffic,
        int? WantedTraffic,
        LoadPart? Requests) : IDocumentPart
    {
        /// <summary>The part of a deployment.</summary>
        public static DeploymentPart Of(EndpointState endpoint, DeploymentState deployment, Standing standing) => new(
            deployment.Name,
            deployment.State,
            deployment.ModelName,
            deployment.ModelVersion,
            deployment.ModelRegistry,
            deployment.InstanceType,
            deployment.InstanceCount,
            endpoint.Traffic[deployment.Name],
            endpoint.MirrorTraffic[deployment.Name],
            standing.Ended is null ? standing.History.WantedTraffic?[deployment.Name] : null,
            standing.Loads.FirstOrDefault(load => load.Deployment == deployment.Name) is { } load ? LoadPart.Of(load) : null);
    }

    /// <summary>
    /// The requests that a deployment had of late, where the numbers come from, and whether mirrored copies are among them; null for what is
    /// not known.
    /// </summary>
    internal sealed record LoadPart(
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] LoadSource Source,
        DateTimeOffset From,
        DateTimeOffset To,
        long Sent,
        long Errors,
        double? MedianMilliseconds,
        double? P95Milliseconds,
        bool IncludesMirrored) : IDocumentPart
    {
        /// <summary>The part of a deployment's requests.</summary>
        public static LoadPart Of(DeploymentLoad load) => new(
            load.Source,
            load.From,
            load.To,
            load.Requests,
            load.Errors,
            Rounded(load.MedianMilliseconds),
            Rounded(load.P95Milliseconds),
            load.IncludesMirrored);

        private static double? Rounded(double? milliseconds) => milliseconds is { } known ? Math.Round(known, 1) : null;
    }

    /// <summary>The latest rollout.</summary>
    internal sealed record RolloutPart(
        string Id,
        string Stable,
        string Candidate,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(KebabCaseNamingStrategy))] RolloutStatus Status) : IDocumentPart;

    /// <summary>How far a rollout is: who began it, where it stands, and what it waits for until when. Null for what there is not.</summary>
    /// <param name="Id">The rollout.</param>
    /// <param name="Stable">The deployment that served before it.</param>
    /// <param name="Candidate">The deployment that is to replace it.</param>
    /// <param name="Since">When it began.</param>
    /// <param name="By">Who began it.</param>
    /// <param name="Outcome">How it ended; null while it has not.</param>
    /// <param name="Stage">The stage that it is at, or in which it ended.</param>
    /// <param name="Step">The step that is held, from 1; null in the final bake.</param>
    /// <param name="Steps">How many steps there are; null where none is held.</param>
    /// <param name="Share">The candidate's share of the requests, in words.</param>
    /// <param name="HeldSince">Since when it has that share.</param>
    /// <param name="BakeEnds">When the bake ends.</param>
    /// <param name="EvidenceUntil">Until when it may wait for evidence after the bake; null when it does not.</param>
    /// <param name="Doing">The action that is being carried out, in words.</param>
    /// <param name="DoingSince">Since when it is.</param>
    /// <param name="WouldDo">What is to be done next, and why; null where nothing is.</param>
    /// <param name="Waits">What it waits for, or what ended it, in one sentence.</param>
    /// <param name="WaitsUntil">When it looks again.</param>
    /// <param name="WindowOpens">When the changes open that it waits for.</param>
    /// <param name="Approval">What people have to approve.</param>
    /// <param name="Deadline">When its deadline is over.</param>
    /// <param name="Ended">When it ended; null while it has not, and where the journal does not tell.</param>
    /// <param name="EndedBy">Who ended it.</param>
    internal sealed record ProgressPart(
        string Id,
        string? Stable,
        string? Candidate,
        DateTimeOffset? Since,
        string? By,
        [property: JsonConverter(typeof(StringEnumConverter))] Outcome? Outcome,
        [property: JsonConverter(typeof(StringEnumConverter))] Stage? Stage,
        int? Step,
        int? Steps,
        string? Share,
        DateTimeOffset? HeldSince,
        DateTimeOffset? BakeEnds,
        DateTimeOffset? EvidenceUntil,
        string? Doing,
        DateTimeOffset? DoingSince,
        string? WouldDo,
        string? Waits,
        DateTimeOffset? WaitsUntil,
        DateTimeOffset? WindowOpens,
        string? Approval,
        DateTimeOffset? Deadline,
        DateTimeOffset? Ended,
        string? EndedBy) : IDocumentPart
    {
        /// <summary>The part of a look; null when there was no rollout.</summary>
        public static ProgressPart? Of(Standing standing)
        {
            if (standing.RolloutId is not { } id)
            {
                return null;
            }

            var first = standing.History.Events.OfType<RunStarted>().FirstOrDefault();
            var held = standing.Ended is null ? standing.Held : null;
            var timed = standing.IsByOtherSteps ? null : held;
            var isOthers = standing is { IsByOtherSteps: true, IsAmidRun: true };
            return new(
                Id: id,
                Stable: standing.Stable,
                Candidate: standing.Candidate,
                Since: first?.Time,
                By: first?.Actor,
                Outcome: standing.Ended,
                Stage: standing.Stage,
                Step: held?.Step,
                Steps: timed?.Steps,
                Share: held?.Share,
                HeldSince: held?.Since,
                BakeEnds: timed?.Until,
                EvidenceUntil: timed is not null && timed.AtMost > timed.Until ? timed.AtMost : null,
                Doing: standing.UnderWay?.Action,
                DoingSince: standing.UnderWay?.Time,
                WouldDo: standing is { UnderWay: null, Decision: ActDecision { Action: not TakeLook } act } ? $"{act.Action}: {act.Why}" : null,
                Waits: standing.Decision is ActDecision { Action: not TakeLook } || isOthers ? null : standing.Decision?.Why,
                WaitsUntil: isOthers ? null : (standing.Decision as WaitDecision)?.Until,
                WindowOpens: standing.Opening,
                Approval: standing.AwaitedApproval?.ToString().ToLowerInvariant(),
                Deadline: standing.Ended is null ? standing.Deadline : null,
                Ended: standing.End?.Time,
                EndedBy: standing.End?.Actor);
        }
    }

    /// <summary>A thing that a person may do next; its command is null where no command does it.</summary>
    internal sealed record NextPart(string? Command, string When) : IDocumentPart;

    /// <summary>
    /// A run that has not ended: who, what, since when, and whether its process still runs; null when that can't be told from here.
    /// </summary>
    internal sealed record LockPart(
        string By,
        [property: JsonProperty(ItemConverterType = typeof(StringEnumConverter))] IReadOnlyList<Stage> Stages,
        DateTimeOffset Since,
        bool? IsAlive) : IDocumentPart;

    /// <summary>What the probes say.</summary>
    internal sealed record ProbesPart([property: JsonConverter(typeof(StringEnumConverter))] VerdictKind Verdict, string Sentence) : IDocumentPart;

    /// <summary>
    /// What the gates said: when, at which weight of the candidate in percent, at which share of the requests in words, and each one's answer.
    /// </summary>
    internal sealed record GatesPart(DateTimeOffset Time, int Weight, string Share, IReadOnlyList<GatePart> Reports) : IDocumentPart
    {
        /// <summary>The part of an event.</summary>
        public static GatesPart Of(GatesJudged judged, string share) => new(
            judged.Time,
            judged.Weight,
            share,
            [.. judged.Reports.Select(report => new GatePart(report.Gate, report.Kind, report.Sentence, report.IsConclusive, report.Numbers, report.ObserveOnly))]);
    }

    /// <summary>A gate's answer, with the numbers that it came from, and whether nothing follows from it.</summary>
    internal sealed record GatePart(
        string Gate,
        [property: JsonConverter(typeof(StringEnumConverter))] VerdictKind Verdict,
        string Sentence,
        bool IsConclusive,
        IReadOnlyDictionary<string, double> Numbers,
        bool ObserveOnly) : IDocumentPart;
}
