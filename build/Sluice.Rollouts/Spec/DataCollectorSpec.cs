using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>Which payloads a deployment collects.</summary>
/// <param name="Collections">The collections by name; <c>model_inputs</c> and <c>model_outputs</c> for example.</param>
/// <param name="RollingRate">How often a new folder is begun; null for the service's default.</param>
/// <param name="SamplingRate">The share that is kept, 0 to 1, of each collection; null for all.</param>
/// <param name="CaptureHeaders">Headers of the request that are collected besides the payload.</param>
public sealed record DataCollectorSpec(
    ImmutableSortedDictionary<string, CollectionSpec> Collections,
    RollingRate? RollingRate,
    double? SamplingRate,
    ImmutableArray<string> CaptureHeaders);
