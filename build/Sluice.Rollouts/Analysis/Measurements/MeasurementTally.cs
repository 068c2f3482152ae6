namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>Measurements, counted by what they mean.</summary>
/// <param name="Successful">Good ones.</param>
/// <param name="Failed">Bad ones.</param>
/// <param name="Inconclusive">Those that were neither.</param>
/// <param name="Errors">Tries that brought no value.</param>
/// <param name="ConsecutiveSuccesses">The good ones in a row at the end.</param>
/// <param name="ConsecutiveErrors">The tries without a value in a row at the end.</param>
public sealed record MeasurementTally(
    int Successful, int Failed, int Inconclusive, int Errors, int ConsecutiveSuccesses, int ConsecutiveErrors)
{
    /// <summary>No measurement.</summary>
    public static MeasurementTally Zero { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>The measurements that brought a value: what a metric's count is made of.</summary>
    public int Count => Successful + Failed + Inconclusive;

    /// <summary>With one more measurement.</summary>
    /// <exception cref="ArgumentException">The measurement has not ended.</exception>
    public MeasurementTally With(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return measurement.Phase switch
        {
            MetricPhase.Successful =>
                this with { Successful = Successful + 1, ConsecutiveSuccesses = ConsecutiveSuccesses + 1, ConsecutiveErrors = 0 },
            MetricPhase.Failed => this with { Failed = Failed + 1, ConsecutiveSuccesses = 0, ConsecutiveErrors = 0 },
            MetricPhase.Inconclusive => this with { Inconclusive = Inconclusive + 1, ConsecutiveSuccesses = 0, ConsecutiveErrors = 0 },
            MetricPhase.Error => this with { Errors = Errors + 1, ConsecutiveSuccesses = 0, ConsecutiveErrors = ConsecutiveErrors + 1 },
            _ => throw new ArgumentException($"A measurement that is {measurement.Phase} has not ended.", nameof(measurement)),
        };
    }

    /// <summary>The counts that are not zero, as part of a sentence.</summary>
    public override string ToString()
    {
        var parts = new[] { (Successful, "good"), (Failed, "failed"), (Inconclusive, "inconclusive"), (Errors, "without a value") }
            .Where(part => part.Item1 > 0)
            .Select(part => $"{part.Item1} {part.Item2}")
            .ToList();
        return parts.Count == 0 ? "nothing measured" : string.Join(", ", parts);
    }
}
