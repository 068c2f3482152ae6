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

    /// <summary>Both maps as people write them: <c>default 100 %, 20 % mirrored to green-2</c>.</summary>
    /// <param name="live">The live map.</param>
    /// <param name="mirror">The mirror map.</param>
    public static string And(this Traffic live, Traffic mirror) =>
        string.Join(", ", [$"{live}", .. mirror.Percents.Select(entry => $"{entry.Value} % mirrored to {entry.Key}")]);

    /// <summary>A deployment's share of the requests, in words: <c>10 %</c>, or <c>20 % mirrored</c>.</summary>
    /// <param name="live">Its weight in percent.</param>
    /// <param name="mirrored">The share of the requests that is mirrored to it, in percent; 0 for none.</param>
    public static string Share(int live, int mirrored) => mirrored > 0 ? $"{mirrored} % mirrored" : $"{live} %";
}
