namespace Sluice.Rollouts.Spec;

/// <summary>What is known of the endpoint's usual traffic; for planning figures, never for a decision.</summary>
/// <param name="RequestsPerMinute">Requests of all callers in a minute, above 0.</param>
/// <param name="ErrorRate">The share of them that fails while all is well, above 0 and below 1.</param>
public sealed record TrafficFigures(double RequestsPerMinute, double ErrorRate)
{
    /// <summary>The error rate that is assumed where none is stated.</summary>
    public const double UsualErrorRate = 0.01;

    /// <summary>Whether nobody has stated the error rate.</summary>
    public bool IsErrorRateAssumed { get; init; }
}
