using Sluice.Rollouts.Analysis.Measurements;

namespace Sluice.Rollouts.Spec.Gates;

/// <summary>A metric of the endpoint or of the candidate's deployment, measured again and again and held against conditions.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Metric">The metric's name, as Azure Monitor writes it.</param>
public sealed record MetricRule(string Name, string Metric) : GateRule(Name)
{
    /// <summary>Whether it is a metric of the candidate's deployment; otherwise one of the endpoint.</summary>
    public bool OfDeployment { get; init; }

    /// <summary>How a point is made of its samples: <c>Average</c>, <c>Minimum</c>, <c>Maximum</c>, <c>Total</c> or <c>Count</c>.</summary>
    public string Aggregation { get; init; } = "Average";

    /// <summary>A filter on dimensions; <c>{candidate}</c> and <c>{stable}</c> in it are the deployments' names. Null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>When a value is good, and when it is bad.</summary>
    public required MetricConditions Conditions { get; init; }

    /// <summary>How often it is measured, and how many measurements decide.</summary>
    public required MetricLimits Limits { get; init; }

    /// <inheritdoc/>
    public override bool HasOwnSource => true;
}
