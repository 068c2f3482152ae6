namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Delete the endpoint with all its deployments.</summary>
/// <param name="Endpoint">The endpoint.</param>
public sealed record DeleteEndpoint(string Endpoint) : RolloutAction
{
    /// <inheritdoc/>
    public override string ToString() => $"delete endpoint {Endpoint} with all its deployments";
}
