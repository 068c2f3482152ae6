using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>What came of reading a configuration.</summary>
/// <param name="Spec">What is wanted; null when there is any mistake.</param>
/// <param name="Mistakes">Everything that is wrong, file by file and line by line; empty exactly when there is a spec.</param>
/// <param name="Notes">What is right but does not do what a person may expect; each with its file and line.</param>
public sealed record SpecReading(RolloutSpec? Spec, ImmutableArray<SpecMistake> Mistakes, ImmutableArray<SpecMistake> Notes);
