using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Changes;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Inspection;

/// <summary>What <c>Plan --output=json</c> prints. Times are in seconds. Members are only ever added.</summary>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="HasChanges">Whether the workspace would be changed.</param>
/// <param name="Actions">What would be done, in order; looks at the candidate are left out.</param>
/// <param name="End">How it would end.</param>
/// <param name="ExpectedSeconds">How long it would take.</param>
/// <param name="LongestSeconds">How long it would take at most, where steps wait for evidence.</param>
/// <param name="FalseRollback">How a good candidate may go back by chance.</param>
/// <param name="Traffic">What is known, or assumed, of the callers.</param>
/// <param name="Steps">The steps, then the final bake; empty when no traffic would be shifted step by step.</param>
/// <param name="Notes">What a person should know beside it.</param>
/// <param name="Changes">What is there now against what would be there at the end.</param>
/// <param name="Shifts">The traffic now, and after each action that changes it.</param>
/// <param name="Uploads">The model folders that would be uploaded.</param>
/// <param name="Instances">The instances that it needs, by size; only of sizes that it makes or deletes something of.</param>
/// <param name="Warnings">What a reviewer should have seen before.</param>
internal sealed record PlanDocument(
    string Workspace,
    string Endpoint,
    bool HasChanges,
    IReadOnlyList<PlanDocument.ActionPart> Actions,
    PlanDocument.EndPart End,
    double ExpectedSeconds,
    double LongestSeconds,
    PlanDocument.FalseRollbackPart FalseRollback,
    PlanDocument.TrafficPart Traffic,
    IReadOnlyList<PlanDocument.StepPart> Steps,
    IReadOnlyList<string> Notes,
    IReadOnlyList<PlanDocument.ChangePart> Changes,
    IReadOnlyList<PlanDocument.ShiftPart> Shifts,
    IReadOnlyList<PlanDocument.UploadPart> Uploads,
    IReadOnlyList<PlanDocument.InstancesPart> Instances,
    IReadOnlyList<string> Warnings) : IDocumentPart
{
    /// <summary>The document of an outlook.</summary>
    public static PlanDocument Of(RolloutSpec spec, Outlook outlook, RolloutFigures figures, IEnumerable<string> notes)
    {
        var forecast = outlook.Forecast;
        var strategy = spec.Strategy;
        var timetable = Timetable.Of(forecast, outlook.State, spec);
        var expected = timetable.Takes;
        var hasSteps = forecast.Actions.Any(planned => planned.Action is TakeLook);
        var shifts = forecast.Actions.Select(planned => planned.Action).OfType<SetTraffic>().Where(shift => shift.Mark is not null).ToArray();
        var waits = figures.Steps
            .Where(figure => figure is { Step: { } step, Longest: not null } && shifts.Any(shift => LeadsTo(shift, step)))
            .Aggregate(TimeSpan.Zero, (sum, figure) => sum + (figure.Longest!.Time - figure.Bake.Time));
        return new(
            Workspace: spec.Workspace.Name,
            Endpoint: spec.Endpoint.Name,
            HasChanges: forecast.Actions.Any(planned => planned.Action.IsWrite),
            Actions: [.. timetable.Actions.Select(ActionPart.Of)],
            End: new(forecast.End.Outcome, forecast.End.Why),
            ExpectedSeconds: Math.Round(expected.TotalSeconds, 1),
            LongestSeconds: Math.Round((expected + waits).TotalSeconds, 1),
            FalseRollback: new(strategy.FalseRollback, strategy.AlphaOfEach, strategy.StatisticalGates.Count(), figures.ProbesFail),
            Traffic: new(strategy.Traffic?.RequestsPerMinute, figures.ErrorRate, figures.IsErrorRateAssumed),
            Steps: hasSteps ? [.. figures.Steps.Select(StepPart.Of)] : [],
            Notes: [.. outlook.Notes, .. notes],
            Changes: [.. WorkspaceChanges.Between(timetable.Before, timetable.After).Select(ChangePart.Of)],
            Shifts: [.. ShiftPart.AllOf(timetable)],
            Uploads: [.. timetable.Actions.Select(timed => timed.Planned.Action).OfType<RegisterModel>().Select(UploadPart.Of)],
            Instances: [.. InstanceFigures.Of(timetable, spec.Endpoint.ComputeKind).Select(InstancesPart.Of)],
            Warnings: [.. Cautions.On(timetable)]);
    }

    /// <summary>An action; its times are the usual ones, from the run's beginning on. After it the run waits: for a bake, or a window.</summary>
    internal sealed record ActionPart(
        [property: JsonConverter(typeof(StringEnumConverter))] Stage Stage,
        string Action,
        string Why,
        bool IsWrite,
        bool IsDeletion,
        double BeginsSeconds,
        double TakesSeconds,
        double WaitsSeconds) : IDocumentPart
    {
        /// <summary>The part of an action.</summary>
        public static ActionPart Of(TimedAction timed) => new(
            timed.Planned.Stage,
            timed.Planned.Action.ToString(),
            timed.Planned.Why,
            timed.Planned.Action.IsWrite,
            timed.Planned.Action is DeleteDeployment or DeleteEndpoint,
            Seconds(timed.Begins),
            Seconds(timed.Takes),
            Seconds(timed.Waits));
    }

    /// <summary>What becomes of a resource.</summary>
    internal sealed record ChangePart(
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] ChangeKind Kind,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] ResourceKind Resource,
        string Name,
        string Title,
        IReadOnlyList<FieldPart> Fields) : IDocumentPart
    {
        /// <summary>The part of a change.</summary>
        public static ChangePart Of(ResourceChange change) => new(
            change.Kind,
            change.Resource,
            change.Name,
            change.Title,
            [.. change.Fields.Select(field => new FieldPart(field.Name, field.Now, field.Then))]);
    }

    /// <summary>A field of a resource, now and at the end; null for none.</summary>
    internal sealed record FieldPart(string Name, string? Now, string? Then) : IDocumentPart;

    /// <summary>The traffic, and the action that makes it so; without a stage it is what is there now.</summary>
    internal sealed record ShiftPart(
        [property: JsonConverter(typeof(StringEnumConverter))] Stage? Stage,
        double BeginsSeconds,
        IReadOnlyDictionary<string, int> Traffic,
        IReadOnlyDictionary<string, int> MirrorTraffic) : IDocumentPart
    {
        /// <summary>The traffic now, and after each action that changes it.</summary>
        public static IEnumerable<ShiftPart> AllOf(Timetable timetable)
        {
            yield return Of(stage: null, TimeSpan.Zero, timetable.Before);
            foreach (var timed in timetable.Actions.Where(timed => timed.Planned.Action is SetTraffic))
            {
                yield return Of(timed.Planned.Stage, timed.Begins, timed.Planned.After);
            }
        }

        private static ShiftPart Of(Stage? stage, TimeSpan begins, WorkspaceState state) => new(
            stage,
            Seconds(begins),
            (state.Endpoint?.Traffic ?? Rollouts.State.Traffic.None).Percents,
            (state.Endpoint?.MirrorTraffic ?? Rollouts.State.Traffic.None).Percents);
    }

    /// <summary>A model folder that would be uploaded, unless its content is there already.</summary>
    internal sealed record UploadPart(string Model, string Path, int Files, long Bytes) : IDocumentPart
    {
        /// <summary>The part of a registration.</summary>
        public static UploadPart Of(RegisterModel register) =>
            new(register.Model, register.Folder.Path, register.Folder.Files, register.Folder.Bytes);
    }

    /// <summary>
    /// The instances of one size: now, at the peak, at the end; the instances that the quota must hold at the peak, null where Azure keeps no
    /// reserve; and the hours of instances that the run adds.
    /// </summary>
    internal sealed record InstancesPart(string InstanceType, int Now, int Peak, int Then, int? Quota, double AddedHours) : IDocumentPart
    {
        /// <summary>The part of a figure.</summary>
        public static InstancesPart Of(InstanceFigure figure) => new(
            figure.InstanceType, figure.Now, figure.Peak, figure.Then, figure.Quota, Math.Round(figure.Added.TotalHours, 3));
    }

    /// <summary>How it would end.</summary>
    internal sealed record EndPart([property: JsonConverter(typeof(StringEnumConverter))] Outcome Outcome, string Why) : IDocumentPart;

    /// <summary>
    /// The probability that chance alone sends a good candidate back: by statistical gates, by each of them, and how many there are; and by failed
    /// probes, null when nobody has said how many fail as usual.
    /// </summary>
    internal sealed record FalseRollbackPart(double AtMost, double OfEachGate, int Gates, double? OfProbes) : IDocumentPart;

    /// <summary>The callers; their requests in a minute are null when they are not known.</summary>
    internal sealed record TrafficPart(double? RequestsPerMinute, double ErrorRate, bool IsAssumed) : IDocumentPart;

    /// <summary>A step, or the final bake; requests are null when their rate is not known.</summary>
    internal sealed record StepPart(
        string Title,
        double BakeSeconds,
        double? UntilEvidenceSeconds,
        int Looks,
        long Probes,
        long Pairs,
        double? CandidateRequests,
        double? StableRequests,
        IReadOnlyList<FigurePart> Gates) : IDocumentPart
    {
        /// <summary>The part of a step.</summary>
        public static StepPart Of(StepFigures step) => new(
            step.Title,
            step.Bake.Time.TotalSeconds,
            step.Longest?.Time.TotalSeconds,
            step.Bake.Looks,
            step.Bake.Probes,
            step.Bake.Pairs,
            Rounded(step.Bake.CandidateRequests),
            Rounded(step.Bake.StableRequests),
            [.. step.Gates.Select(FigurePart.Of)]);
    }

    /// <summary>What a gate needs and gets; null for what no amount suffices for, and for what is not known.</summary>
    internal sealed record FigurePart(
        string Gate,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] FigureKind Kind,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] FigureUnit Unit,
        string About,
        double? Needed,
        double Before,
        double? Expected,
        double? Most) : IDocumentPart
    {
        /// <summary>The part of a figure.</summary>
        public static FigurePart Of(GateFigure figure) => new(
            figure.Gate,
            figure.Kind,
            figure.Unit,
            figure.About,
            figure.Needed is { } needed ? Math.Ceiling(needed) : null,
            Math.Round(figure.Before, 1),
            Rounded(figure.Expected),
            Rounded(figure.Most));
    }

    private static bool LeadsTo(SetTraffic shift, Step step) => step.Mirror > 0
        ? shift.Mirror?[shift.Mark!.Candidate] == step.Mirror
        : shift.Wanted[shift.Mark!.Candidate] == step.Weight;

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);

    private static double? Rounded(double? number) => number is { } value ? Math.Round(value, 1) : null;
}
