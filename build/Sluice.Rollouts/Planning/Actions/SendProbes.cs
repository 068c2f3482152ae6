namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Send probes to one deployment, whatever the traffic says, and count the failures: one look of a bake.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Count">The number of probes, at least 1.</param>
public sealed record SendProbes(string Endpoint, string Deployment, int Count) : RolloutAction
{
    /// <inheritdoc/>
    public override bool IsWrite => false;

    /// <inheritdoc/>
    public override string ToString() => $"send {Count} probes to {Deployment}";
}
