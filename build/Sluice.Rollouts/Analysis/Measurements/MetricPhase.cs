namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>
/// How far a metric, or one measurement of it, is; from best to worst, so that several metrics together are as bad as their greatest phase.
/// </summary>
/// <remarks>Phases and order are those of Argo Rollouts (<c>analysis/analysis.go</c>, <c>utils/analysis/helpers.go</c>).</remarks>
public enum MetricPhase
{
    /// <summary>Good, and decided.</summary>
    Successful,

    /// <summary>Measured, and not decided.</summary>
    Running,

    /// <summary>Not measured.</summary>
    Pending,

    /// <summary>Neither good nor bad, and decided: a person must choose.</summary>
    Inconclusive,

    /// <summary>Could not be measured, and decided.</summary>
    Error,

    /// <summary>Bad, and decided.</summary>
    Failed,
}
