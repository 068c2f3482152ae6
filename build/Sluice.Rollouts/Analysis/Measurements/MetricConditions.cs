using System.Globalization;

namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>What makes one measurement good or bad.</summary>
/// <param name="Success">What a good value meets; null where any value is good that is not bad.</param>
/// <param name="Failure">What a bad value meets; null where any value is bad that is not good.</param>
/// <remarks>As in Argo Rollouts (<c>utils/evaluate/evaluate.go</c>): without both conditions every value is good.</remarks>
public sealed record MetricConditions(MetricCondition? Success, MetricCondition? Failure)
{
    /// <summary>Holds a value against the conditions; failure comes first, and what meets neither of two is inconclusive.</summary>
    /// <param name="at">When it was measured.</param>
    /// <param name="value">The value; null where the query brought none, which is an error, as NaN is.</param>
    public Measurement Judge(DateTimeOffset at, double? value)
    {
        if (value is not { } number)
        {
            return Measurement.Error(at, "the query gave no value");
        }

        if (double.IsNaN(number))
        {
            return Measurement.Error(at, "the query gave a value that is no number");
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        return (Success, Failure) switch
        {
            (null, null) => Ended(MetricPhase.Successful, $"{text}, with no condition to meet"),
            (_, { } bad) when bad.Holds(number) => Ended(MetricPhase.Failed, $"{text} meets the failure condition {bad}"),
            ({ } good, _) when good.Holds(number) => Ended(MetricPhase.Successful, $"{text} meets {good}"),
            ({ } good, null) => Ended(MetricPhase.Failed, $"{text} does not meet {good}"),
            (null, { } bad) => Ended(MetricPhase.Successful, $"{text} does not meet the failure condition {bad}"),
            ({ } good, { } bad) => Ended(MetricPhase.Inconclusive, $"{text} meets neither {good} nor the failure condition {bad}"),
        };

        Measurement Ended(MetricPhase phase, string sentence) => new(at, phase, number, sentence);
    }
}
