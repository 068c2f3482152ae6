using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>This rollout wrote a traffic map, and read it back.</summary>
/// <param name="Time">When it was read back.</param>
/// <param name="Traffic">Deployment name → percent.</param>
/// <param name="Mark">The mark that was written with it; null for none.</param>
/// <param name="Why">Why, in one sentence.</param>
public sealed record TrafficWritten(DateTimeOffset Time, IReadOnlyDictionary<string, int> Traffic, RolloutMark? Mark, string Why)
    : TrafficKnown(Time, Traffic)
{
    /// <summary>The map of mirrored traffic that was written with it; null when it stayed where it may.</summary>
    public IReadOnlyDictionary<string, int>? Mirror { get; init; }

    /// <inheritdoc/>
    public override Traffic MirrorAfter(Traffic found) =>
        Mirror is null ? found.Beside(State.Traffic.Of(Traffic), Mark) : State.Traffic.Of(Mirror);
}
