namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Say on a deployment what became of it.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Name">The tag.</param>
/// <param name="Value">Its value.</param>
public sealed record TagDeployment(string Endpoint, string Deployment, string Name, string Value) : RolloutAction
{
    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override string ToString() => $"tag {Deployment} as {Value}";
}
