using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Accept what somebody else made of the endpoint, as a person wants it; nothing is called.</summary>
/// <param name="Traffic">The map that is there.</param>
/// <param name="Mark">The mark that is there; null for none.</param>
public sealed record Adopt(Traffic Traffic, RolloutMark? Mark) : RolloutAction
{
    /// <inheritdoc/>
    public override bool IsWrite => false;

    /// <inheritdoc/>
    public override string ToString() => $"accept the traffic [{Traffic}]";
}
