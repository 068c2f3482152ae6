using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Create the endpoint, with no traffic.</summary>
/// <param name="Endpoint">The endpoint.</param>
public sealed record CreateEndpoint(EndpointSpec Endpoint) : RolloutAction
{
    /// <inheritdoc/>
    public override string ToString() => $"create endpoint {Endpoint.Name}";
}
