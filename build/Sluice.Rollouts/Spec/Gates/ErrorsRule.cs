namespace Sluice.Rollouts.Spec.Gates;

/// <summary>The candidate's error rate against the stable deployment's, by a test that may be read at every look.</summary>
/// <param name="Name">The gate's name.</param>
public sealed record ErrorsRule(string Name) : GateRule(Name)
{
    /// <summary>Whose requests are counted.</summary>
    public EvidenceSource Source { get; init; } = EvidenceSource.Traffic;

    /// <summary>How many times the stable deployment's error rate is still as good, 1 to 10.</summary>
    public double Tolerance { get; init; } = 1.25;

    /// <summary>The ratio of error rates that must be excluded before the candidate is certainly good, above <see cref="Tolerance"/>.</summary>
    public double PassRatio { get; init; } = 2;

    /// <summary>
    /// The share of failed requests that needs no comparison, 0 to 0.5: a candidate that is certainly below it has proven itself, also where
    /// nothing fails. 0 for none.
    /// </summary>
    public double Negligible { get; init; } = 0.01;

    /// <summary>The candidate's requests that a step needs before it can pass, at least 1.</summary>
    public int MinimumRequests { get; init; } = 50;

    /// <summary>
    /// Whether all errors of a look count as one, in each deployment: for errors that come in bursts, whose number says little.
    /// Replay only; minutes of traffic of unequal shares would be compared wrongly.
    /// </summary>
    public bool OncePerLook { get; init; }

    /// <inheritdoc/>
    public override bool NeedsPairs => Source == EvidenceSource.Replay;

    /// <inheritdoc/>
    public override bool NeedsTraffic => Source == EvidenceSource.Traffic;

    /// <inheritdoc/>
    public override bool IsStatistical => true;
}
