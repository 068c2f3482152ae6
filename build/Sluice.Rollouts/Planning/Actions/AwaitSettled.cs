namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Wait until nothing is being changed on the endpoint.</summary>
/// <param name="Endpoint">The endpoint.</param>
public sealed record AwaitSettled(string Endpoint) : RolloutAction
{
    /// <inheritdoc/>
    public override bool IsWrite => false;

    /// <inheritdoc/>
    public override string ToString() => $"wait for the operation under way on {Endpoint}";
}
