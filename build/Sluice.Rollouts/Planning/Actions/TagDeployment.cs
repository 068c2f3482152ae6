using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Say on a deployment what became of it.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Name">The tag.</param>
/// <param name="Value">Its value.</param>
public sealed record TagDeployment(string Endpoint, string Deployment, string Name, string Value) : RolloutAction
{
    /// <inheritdoc/>
    /// <remarks>
    /// What revokes a rejection is not optional: what serves would be called rejected, and be held to be so as soon as the mark speaks of
    /// another candidate.
    /// </remarks>
    public override bool IsOptional => Value != RoleTags.Retried;

    /// <inheritdoc/>
    public override string ToString() => $"tag {Deployment} as {Value}";
}
