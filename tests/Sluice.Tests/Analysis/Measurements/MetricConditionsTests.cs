using Sluice.Rollouts.Analysis.Measurements;

namespace Sluice.Tests.Analysis.Measurements;

/// <summary>One measurement and its conditions, row by row of Argo Rollouts' table.</summary>
[Category("Unit")]
internal sealed class MetricConditionsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [TestCase(null, null, 7, MetricPhase.Successful, "7, with no condition to meet")]
    [TestCase("< 5", null, 4, MetricPhase.Successful, "4 meets result < 5")]
    [TestCase("< 5", null, 7, MetricPhase.Failed, "7 does not meet result < 5")]
    [TestCase(null, "> 5", 7, MetricPhase.Failed, "7 meets the failure condition result > 5")]
    [TestCase(null, "> 5", 4, MetricPhase.Successful, "4 does not meet the failure condition result > 5")]
    [TestCase("< 5", "> 9", 4, MetricPhase.Successful, "4 meets result < 5")]
    [TestCase("< 5", "> 9", 10, MetricPhase.Failed, "10 meets the failure condition result > 9")]
    [TestCase("< 5", "> 9", 7, MetricPhase.Inconclusive, "7 meets neither result < 5 nor the failure condition result > 9")]
    [TestCase("< 5", "> 1", 3, MetricPhase.Failed, "3 meets the failure condition result > 1")]
    [TestCase("<= 0.05", null, 0.0500000001, MetricPhase.Failed, "0.0500000001 does not meet result <= 0.05")]
    public void A_value_is_held_against_its_conditions(string? success, string? failure, double value, MetricPhase phase, string sentence)
    {
        var measurement = Conditions(success, failure).Judge(At, value);

        Assert.That(measurement, Is.EqualTo(new Measurement(At, phase, value, sentence)));
    }

    [TestCase(null, null)]
    [TestCase("!= 5", null)]
    [TestCase(null, "> 5")]
    [TestCase("< 5", "> 9")]
    public void No_value_is_an_error_whatever_the_conditions(string? success, string? failure)
    {
        var conditions = Conditions(success, failure);

        Assert.That(conditions.Judge(At, null), Is.EqualTo(Measurement.Error(At, "the query gave no value")));
        Assert.That(conditions.Judge(At, double.NaN), Is.EqualTo(Measurement.Error(At, "the query gave a value that is no number")));
    }

    private static MetricConditions Conditions(string? success, string? failure) => new(
        success is null ? null : MetricConditionTests.Parse(success), failure is null ? null : MetricConditionTests.Parse(failure));
}
