namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>Which change of a metric is bad.</summary>
public enum MetricDirection
{
    /// <summary>Any change.</summary>
    Either,

    /// <summary>A rise.</summary>
    Increase,

    /// <summary>A fall.</summary>
    Decrease,
}
