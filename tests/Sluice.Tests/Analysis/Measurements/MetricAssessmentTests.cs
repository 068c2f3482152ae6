using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Measurements;

namespace Sluice.Tests.Analysis.Measurements;

/// <summary>What many measurements say together: Argo Rollouts' checks in their order, and where we are stricter.</summary>
[Category("Unit")]
internal sealed class MetricAssessmentTests
{
    private static readonly MetricLimits EachMinute = new() { Interval = TimeSpan.FromMinutes(1) };

    [TestCase("", MetricPhase.Pending)]
    [TestCase("S", MetricPhase.Successful)]
    [TestCase("F", MetricPhase.Failed)]
    [TestCase("I", MetricPhase.Inconclusive)]
    [TestCase("E", MetricPhase.Running)]
    [TestCase("EEEE", MetricPhase.Running)]
    [TestCase("EEEEE", MetricPhase.Error)]
    [TestCase("EEEES", MetricPhase.Successful)]
    public void Without_count_and_interval_one_value_decides(string letters, MetricPhase phase) =>
        Assert.That(Phase(new MetricLimits(), letters), Is.EqualTo(phase));

    [TestCase("SSSSSSSSSSSSSSSSSSSS", MetricPhase.Running)]
    [TestCase("SSSSSSSSSSF", MetricPhase.Failed)]
    public void With_an_interval_alone_only_a_limit_decides(string letters, MetricPhase phase) =>
        Assert.That(Phase(EachMinute, letters), Is.EqualTo(phase));

    [TestCase("SS", MetricPhase.Running)]
    [TestCase("SSS", MetricPhase.Successful)]
    [TestCase("SESE", MetricPhase.Running)]
    [TestCase("SESES", MetricPhase.Successful)]
    [TestCase("SFS", MetricPhase.Successful)]
    [TestCase("FF", MetricPhase.Failed)]
    [TestCase("SIS", MetricPhase.Successful)]
    [TestCase("II", MetricPhase.Inconclusive)]
    [TestCase("IFS", MetricPhase.Successful)]
    public void Limits_may_be_reached_but_not_exceeded_and_errors_do_not_count(string letters, MetricPhase phase)
    {
        var limits = EachMinute with { Count = 3, FailureLimit = 1, InconclusiveLimit = 1 };

        Assert.That(Phase(limits, letters), Is.EqualTo(phase));
    }

    [TestCase("EESEES", MetricPhase.Running)]
    [TestCase("SEEE", MetricPhase.Error)]
    [TestCase("EEE", MetricPhase.Error)]
    public void Only_errors_in_a_row_exceed_their_limit(string letters, MetricPhase phase) =>
        Assert.That(Phase(EachMinute with { ConsecutiveErrorLimit = 2 }, letters), Is.EqualTo(phase));

    [TestCase("FS", MetricPhase.Failed)]
    [TestCase("EEEEESSSSS", MetricPhase.Error)]
    [TestCase("ISSS", MetricPhase.Inconclusive)]
    [TestCase("SSF", MetricPhase.Successful)]
    public void What_is_decided_stays_so(string letters, MetricPhase phase) =>
        Assert.That(Phase(EachMinute with { Count = 2 }, letters), Is.EqualTo(phase));

    [Test]
    public void A_new_attempt_starts_from_its_own_measurements_alone()
    {
        var limits = EachMinute with { Count = 2 };

        Assert.That(Phase(limits, "F"), Is.EqualTo(MetricPhase.Failed));
        Assert.That(Phase(limits, "SS"), Is.EqualTo(MetricPhase.Successful));
    }

    [TestCase("SS", MetricPhase.Running)]
    [TestCase("SSS", MetricPhase.Successful)]
    [TestCase("SFSSS", MetricPhase.Successful)]
    [TestCase("SSESSS", MetricPhase.Successful)]
    [TestCase("SSESS", MetricPhase.Running)]
    [TestCase("SSFSSF", MetricPhase.Inconclusive)]
    [TestCase("FFF", MetricPhase.Failed)]
    public void Good_ones_in_a_row_are_a_success_before_the_count_is_reached(string letters, MetricPhase phase)
    {
        var limits = EachMinute with { Count = 6, FailureLimit = 2, ConsecutiveSuccessLimit = 3 };

        Assert.That(Phase(limits, letters), Is.EqualTo(phase));
    }

    [TestCase(2, MetricPhase.Inconclusive)]
    [TestCase(MetricLimits.Never, MetricPhase.Failed)]
    public void The_count_without_enough_good_ones_in_a_row_is_inconclusive_or_failed(int failureLimit, MetricPhase phase)
    {
        var limits = EachMinute with { Count = 4, FailureLimit = failureLimit, ConsecutiveSuccessLimit = 3 };

        Assert.That(Phase(limits, "SSFS"), Is.EqualTo(phase));
    }

    [Test]
    public void Enough_good_ones_in_a_row_come_before_the_count()
    {
        var limits = EachMinute with { Count = 3, ConsecutiveSuccessLimit = 3 };

        Assert.That(Phase(limits, "SSS"), Is.EqualTo(MetricPhase.Successful));
    }

    [TestCase("FFF", MetricPhase.Failed)]
    [TestCase("FFI", MetricPhase.Failed)]
    [TestCase("III", MetricPhase.Inconclusive)]
    [TestCase("FFS", MetricPhase.Successful)]
    public void Limits_that_let_everything_pass_make_no_success_without_a_good_measurement(string letters, MetricPhase phase)
    {
        var limits = EachMinute with { Count = 3, FailureLimit = 5, InconclusiveLimit = 5 };

        Assert.That(Phase(limits, letters), Is.EqualTo(phase));
    }

    [Test]
    public void Failures_that_never_count_leave_the_choice_to_a_person()
    {
        var limits = EachMinute with { Count = 3, FailureLimit = MetricLimits.Never };

        Assert.That(Phase(limits, "FFF"), Is.EqualTo(MetricPhase.Inconclusive));
        Assert.That(Phase(limits, "FFS"), Is.EqualTo(MetricPhase.Successful));
    }

    [TestCase("", MetricPhase.Pending)]
    [TestCase("S", MetricPhase.Successful)]
    [TestCase("SFES", MetricPhase.Successful)]
    [TestCase("F", MetricPhase.Failed)]
    [TestCase("I", MetricPhase.Inconclusive)]
    [TestCase("EE", MetricPhase.Error)]
    [TestCase("FFS", MetricPhase.Failed)]
    public void When_the_measuring_ends_there_must_have_been_a_good_measurement(string letters, MetricPhase phase)
    {
        var limits = EachMinute with { FailureLimit = 1, InconclusiveLimit = 1 };

        Assert.That(MetricAssessment.AtEnd(limits, Measured.Of(letters)).Phase, Is.EqualTo(phase));
    }

    [TestCase("SS", MetricPhase.Inconclusive)]
    [TestCase("SSS", MetricPhase.Successful)]
    [TestCase("EE", MetricPhase.Error)]
    public void When_the_measuring_ends_too_few_good_ones_in_a_row_are_no_success(string letters, MetricPhase phase)
    {
        var limits = EachMinute with { ConsecutiveSuccessLimit = 3 };

        Assert.That(MetricAssessment.AtEnd(limits, Measured.Of(letters)).Phase, Is.EqualTo(phase));
    }

    [TestCase("SFSF", "2 failed, at most 1 may; 2 good, 2 failed; the last one: number 4")]
    [TestCase("SI", "1 inconclusive, at most 0 may be; 1 good, 1 inconclusive; the last one: number 2")]
    [TestCase("EEEEE", "5 tries in a row without a value, at most 4 may be; 5 without a value; the last one: number 5")]
    [TestCase("SE", "1 of 5 measured; 1 good, 1 without a value; the last one: number 2")]
    [TestCase("SSFSSF", "all 5 measured within the limits; 4 good, 1 failed; the last one: number 5")]
    [TestCase("", "nothing measured yet")]
    public void The_sentence_has_the_numbers_of_the_measurements_that_decided(string letters, string sentence)
    {
        var limits = EachMinute with { Count = 5, FailureLimit = 1 };

        Assert.That(MetricAssessment.Of(limits, Measured.Of(letters)).Sentence, Is.EqualTo(sentence));
    }

    [TestCase("", VerdictKind.NoData)]
    [TestCase("S", VerdictKind.NoData)]
    [TestCase("SS", VerdictKind.Pass)]
    [TestCase("F", VerdictKind.Fail)]
    [TestCase("I", VerdictKind.Inconclusive)]
    [TestCase("EEEEE", VerdictKind.Error)]
    public void A_phase_is_a_verdict(string letters, VerdictKind verdict) =>
        Assert.That(MetricAssessment.Of(EachMinute with { Count = 2 }, Measured.Of(letters)).ToVerdict().Kind, Is.EqualTo(verdict));

    [Test]
    public void Phases_are_ordered_from_best_to_worst() => Assert.That(
        string.Join(" < ", Enum.GetValues<MetricPhase>().Order()),
        Is.EqualTo("Successful < Running < Pending < Inconclusive < Error < Failed"));

    [TestCase(MetricPhase.Running)]
    [TestCase(MetricPhase.Pending)]
    public void A_measurement_that_has_not_ended_is_none(MetricPhase phase) => Assert.That(
        () => MetricAssessment.Of(EachMinute, [new Measurement(Measured.Start, phase, 1, "")]), Throws.ArgumentException);

    private static MetricPhase Phase(MetricLimits limits, string letters) => MetricAssessment.Of(limits, Measured.Of(letters)).Phase;
}
