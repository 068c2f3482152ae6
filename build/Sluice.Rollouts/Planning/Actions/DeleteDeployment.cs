namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Delete a deployment that has no traffic.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deployment">The deployment.</param>
public sealed record DeleteDeployment(string Endpoint, string Deployment) : RolloutAction
{
    /// <inheritdoc/>
    public override string ToString() => $"delete deployment {Deployment}";
}
