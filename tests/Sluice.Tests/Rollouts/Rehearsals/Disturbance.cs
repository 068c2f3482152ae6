using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Something that somebody else does to the endpoint at a point of a run.</summary>
/// <param name="Call">The number of the call at which it happens.</param>
/// <param name="What">What it is, for reading.</param>
/// <param name="Change">What it makes of the endpoint.</param>
internal sealed record Disturbance(int Call, string What, Func<EndpointState, EndpointState> Change)
{
    public override string ToString() => $"at call {Call}: {What}";
}
