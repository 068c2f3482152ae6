namespace Sluice.Emulator.Scoring;

/// <summary>What the front door remembers of a deployment between requests.</summary>
internal sealed class DeploymentState
{
    /// <summary>Starts with nothing.</summary>
    internal DeploymentState(TimeProvider time) => Metrics = new DeploymentMetrics(time);

    /// <summary>Who is in and who waits.</summary>
    internal DeploymentGate Gate { get; } = new();

    /// <summary>What happened.</summary>
    internal DeploymentMetrics Metrics { get; }
}
