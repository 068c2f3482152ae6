namespace Sluice.Rollouts.State;

/// <summary>What becomes of mirrored traffic when live traffic is changed: it is somebody's, so it stays where it may.</summary>
public static class MirroredTraffic
{
    /// <summary>
    /// The mirror map that goes with a new live map. A deployment has live or mirrored traffic, not both
    /// (the service's rule); and a candidate that was rolled back is sent nothing more.
    /// </summary>
    /// <param name="mirror">The mirror map that is there.</param>
    /// <param name="live">The live map that is to be.</param>
    /// <param name="mark">What the endpoint will say of the rollout; null for nothing.</param>
    public static Traffic Beside(this Traffic mirror, Traffic live, RolloutMark? mark) => Traffic.Of(mirror.Percents.Where(entry =>
        live[entry.Key] == 0
        && !(mark is { Status: RolloutStatus.RolledBack } && entry.Key.Equals(mark.Candidate, StringComparison.OrdinalIgnoreCase))));
}
