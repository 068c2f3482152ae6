using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Rollouts.Spec;

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
[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
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
    IReadOnlyList<string> Notes)
{
    /// <summary>The document of an outlook.</summary>
    public static PlanDocument Of(RolloutSpec spec, Outlook outlook, RolloutFigures figures, IEnumerable<string> notes)
    {
        var forecast = outlook.Forecast;
        var strategy = spec.Strategy;
        var expected = ExpectedDuration.Of(forecast, spec);
        var hasSteps = forecast.Actions.Any(planned => planned.Action is TakeLook);
        var shifts = forecast.Actions.Select(planned => planned.Action).OfType<SetTraffic>().Where(shift => shift.Mark is not null).ToArray();
        var waits = figures.Steps
            .Where(figure => figure is { Step: { } step, Longest: not null } && shifts.Any(shift => LeadsTo(shift, step)))
            .Aggregate(TimeSpan.Zero, (sum, figure) => sum + (figure.Longest!.Time - figure.Bake.Time));
        return new(
            spec.Workspace.Name,
            spec.Endpoint.Name,
            forecast.Actions.Any(planned => planned.Action.IsWrite),
            [.. forecast.Actions.Where(planned => planned.Action is not TakeLook).Select(ActionPart.Of)],
            new(forecast.End.Outcome, forecast.End.Why),
            Math.Round(expected.TotalSeconds, 1),
            Math.Round((expected + waits).TotalSeconds, 1),
            new(strategy.FalseRollback, strategy.AlphaOfEach, strategy.StatisticalGates.Count()),
            new(strategy.Traffic?.RequestsPerMinute, figures.ErrorRate, strategy.Traffic is null),
            hasSteps ? [.. figures.Steps.Select(StepPart.Of)] : [],
            [.. outlook.Notes, .. notes]);
    }

    /// <summary>An action.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record ActionPart(
        [property: JsonConverter(typeof(StringEnumConverter))] Stage Stage,
        string Action,
        string Why,
        bool IsWrite,
        bool IsDeletion)
    {
        /// <summary>The part of a planned action.</summary>
        public static ActionPart Of(PlannedAction planned) => new(
            planned.Stage, planned.Action.ToString(), planned.Why, planned.Action.IsWrite, planned.Action is DeleteDeployment or DeleteEndpoint);
    }

    /// <summary>How it would end.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record EndPart([property: JsonConverter(typeof(StringEnumConverter))] Outcome Outcome, string Why);

    /// <summary>The probability that chance alone sends a good candidate back: in all, of each statistical gate, and how many there are.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record FalseRollbackPart(double AtMost, double OfEachGate, int Gates);

    /// <summary>The callers; their requests in a minute are null when they are not known.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record TrafficPart(double? RequestsPerMinute, double ErrorRate, bool IsAssumed);

    /// <summary>A step, or the final bake; requests are null when their rate is not known.</summary>
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record StepPart(
        string Title,
        double BakeSeconds,
        double? UntilEvidenceSeconds,
        int Looks,
        long Probes,
        long Pairs,
        double? CandidateRequests,
        double? StableRequests,
        IReadOnlyList<FigurePart> Gates)
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
    [JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
    internal sealed record FigurePart(
        string Gate,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] FigureKind Kind,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] FigureUnit Unit,
        string About,
        double? Needed,
        double Before,
        double? Expected,
        double? Most)
    {
        /// <summary>The part of a figure.</summary>
        public static FigurePart Of(GateFigure figure) => new(
            figure.Gate,
            figure.Kind,
            figure.Unit,
            figure.About,
            Rounded(figure.Needed),
            Math.Round(figure.Before, 1),
            Rounded(figure.Expected),
            Rounded(figure.Most));
    }

    private static bool LeadsTo(SetTraffic shift, Step step) => step.Mirror > 0
        ? shift.Mirror?[shift.Mark!.Candidate] == step.Mirror
        : shift.Wanted[shift.Mark!.Candidate] == step.Weight;

    private static double? Rounded(double? number) => number is { } value ? Math.Round(value, 1) : null;
}
