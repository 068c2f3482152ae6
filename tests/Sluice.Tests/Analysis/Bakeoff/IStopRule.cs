namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>A rule that stops a simulated rollout; one instance per rollout.</summary>
internal interface IStopRule
{
    /// <summary>What the rule is called in the reference simulation.</summary>
    string Name { get; }

    /// <summary>True when the rule stops the rollout after this look.</summary>
    /// <param name="number">The look's number, from 1.</param>
    /// <param name="look">What it brought.</param>
    /// <param name="sum">What all looks brought, this one included.</param>
    bool Stops(int number, Look look, Look sum);
}
