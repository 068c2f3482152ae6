using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A strategy as it was read, for the rules that need more than its section.</summary>
/// <param name="Spec">The strategy.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Gates">The gates of all steps and of the final bake.</param>
/// <param name="LabelledTables">The tables of labelled rows that gates of any step ask the candidate.</param>
/// <param name="MaximumErrorRate">Where the limit on failed probes is written, or would be.</param>
/// <param name="Deadline">Where its deadline is written, or would be.</param>
/// <param name="IsGood">Whether rules may look at all of it.</param>
internal sealed record StrategyReading(
    StrategySpec Spec,
    ImmutableArray<StepReading> Steps,
    ImmutableArray<Field<GateRule>> Gates,
    ImmutableArray<ProbeTable> LabelledTables,
    Place MaximumErrorRate,
    Place Deadline,
    bool IsGood);
