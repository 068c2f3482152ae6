namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Send the sample to one deployment, whatever the traffic says, and look at the answer.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deployment">The deployment.</param>
public sealed record SmokeTest(string Endpoint, string Deployment) : RolloutAction
{
    /// <inheritdoc/>
    public override bool IsWrite => false;

    /// <inheritdoc/>
    public override string ToString() => $"smoke-test {Deployment}";
}
