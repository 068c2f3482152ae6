using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>The requests that the rollout sends itself.</summary>
/// <param name="Sample">The body of the smoke test: <c>{"input_data": …}</c>.</param>
/// <param name="SamplePath">The file the sample came from, for messages.</param>
/// <param name="Rows">The bodies of the probes, one row each, sent in turn; never empty.</param>
public sealed record ProbeSpec(string Sample, string SamplePath, ImmutableArray<string> Rows);
