using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Say in the endpoint's tags how far the rollout is.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Expected">The mark that was observed, null for none; the write is refused when another one is there.</param>
/// <param name="Mark">The mark to write.</param>
public sealed record SetMark(string Endpoint, RolloutMark? Expected, RolloutMark Mark) : RolloutAction
{
    /// <inheritdoc/>
    public override bool GoesBack => Mark.Status == RolloutStatus.RolledBack;

    /// <inheritdoc/>
    public override string ToString() => $"mark {Endpoint}: {Mark.Candidate} is {Mark.Status switch
    {
        RolloutStatus.Started => "tried again",
        RolloutStatus.Shadow => "sent copies",
        RolloutStatus.Canary => "in the canary",
        RolloutStatus.Passed => "through the canary",
        RolloutStatus.Completed => "the stable deployment",
        RolloutStatus.RolledBack => "rolled back",
        _ => Mark.Status.ToString(),
    }}";
}
