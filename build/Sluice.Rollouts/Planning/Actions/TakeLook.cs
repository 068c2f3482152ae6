using System.Collections.Immutable;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>
/// Gather evidence on the candidate and ask the gates: send it probes whatever the traffic says, and whatever else the gates need.
/// </summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Candidate">The candidate.</param>
/// <param name="Count">The number of probes, at least 1.</param>
public sealed record TakeLook(string Endpoint, string Candidate, int Count) : RolloutAction
{
    /// <summary>The stable deployment, which gets the same rows when a gate compares pairs.</summary>
    public required string Stable { get; init; }

    /// <summary>The gates to ask afterwards.</summary>
    public ImmutableArray<GateRule> Gates { get; init; } = [];

    /// <summary>Those of them whose own source is due: labelled rows, a metric, a webhook.</summary>
    public ImmutableArray<GateRule> Due { get; init; } = [];

    /// <summary>The minutes of telemetry that are due, from a start to an end; null for none.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Minutes { get; init; }

    /// <summary>Those of them that were read before, as they were: only what is otherwise by now is news.</summary>
    public ImmutableArray<TrafficMinute> MinutesBefore { get; init; } = [];

    /// <summary>The first minute that lies wholly under the present traffic, which metrics are measured from; null before there is any.</summary>
    public DateTimeOffset? FirstMinute { get; init; }

    /// <summary>The id of the rollout, which gives the rows their order.</summary>
    public string Rollout { get; init; } = "";

    /// <summary>The rows that the rollout has sent before, 0 or more: it goes on with the next ones.</summary>
    public int RowsBefore { get; init; }

    /// <summary>Whether the stable deployment gets the rows too.</summary>
    public bool IsPaired => Gates.Any(gate => gate.NeedsPairs);

    /// <inheritdoc/>
    public override bool IsWrite => false;

    /// <inheritdoc/>
    public override string ToString() => IsPaired ? $"send {Count} rows to {Stable} and {Candidate}" : $"send {Count} probes to {Candidate}";
}
