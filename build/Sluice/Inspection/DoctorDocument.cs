using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;
using Sluice.Rollouts.Diagnosis;
using Sluice.Rollouts.Spec;

namespace Sluice.Inspection;

/// <summary>What <c>Doctor --output=json</c> prints. Members are only ever added.</summary>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="IsClear">Whether nothing fails.</param>
/// <param name="Checks">The checks, in an order that is always the same.</param>
/// <param name="Notes">What a person should know of the configuration.</param>
internal sealed record DoctorDocument(
    string Workspace, string Endpoint, bool IsClear, IReadOnlyList<DoctorDocument.CheckPart> Checks, IReadOnlyList<string> Notes) : IDocumentPart
{
    /// <summary>The document of the checks.</summary>
    public static DoctorDocument Of(RolloutSpec spec, IReadOnlyList<CheckResult> results, IReadOnlyList<string> notes) => new(
        spec.Workspace.Name,
        spec.Endpoint.Name,
        results.All(result => result.Outcome != CheckOutcome.Fail),
        [.. results.Select(result => new CheckPart(result.Check, result.Outcome, result.Sentence, result.Fix))],
        notes);

    /// <summary>A check; its fix is null where there is nothing to be done.</summary>
    internal sealed record CheckPart(
        string Check,
        [property: JsonConverter(typeof(StringEnumConverter), typeof(CamelCaseNamingStrategy))] CheckOutcome Outcome,
        string Sentence,
        string? Fix) : IDocumentPart;
}
