namespace Sluice.Rollouts.Spec.Gates;

/// <summary>A question asked of the evidence at each look, and what follows from each answer.</summary>
/// <param name="Name">What messages and the journal call it; no other gate of the rollout has the name.</param>
public abstract record GateRule(string Name)
{
    /// <summary>What follows from each answer.</summary>
    public Consequences On { get; init; } = Consequences.Default;

    /// <summary>Whether it is asked and written down, and nothing follows from any answer.</summary>
    public bool ObserveOnly { get; init; }

    /// <summary>Whether it is answered by sending the same rows to both deployments.</summary>
    public virtual bool NeedsPairs => false;

    /// <summary>Whether it is answered by what callers met.</summary>
    public virtual bool NeedsTraffic => false;

    /// <summary>Whether a look asks a source that is this gate's own, when it is due.</summary>
    public virtual bool HasOwnSource => false;

    /// <summary>Whether it may fail a good candidate by chance, so that it takes its share of the probability allowed for that.</summary>
    public virtual bool IsStatistical => false;
}
