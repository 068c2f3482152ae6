using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Answers;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Analysis.Answers;

[TestFixture]
[Category("Unit")]
internal sealed class PairCountTests
{
    [Test]
    public void Faults_are_counted_by_who_failed_and_their_answers_are_not_compared()
    {
        var tally = Count(ReplaySpec.Default,
            (Good("[1]"), Good("[1]")),
            (Failed(), Good("[1]")),
            (Good("[1]"), Failed()),
            (Good("[1]"), Failed()),
            (Failed(), Failed()));

        Assert.That(tally, Has
            .Property("Sent").EqualTo(5)
            .And.Property("OnlyStableFailed").EqualTo(1)
            .And.Property("OnlyCandidateFailed").EqualTo(2)
            .And.Property("BothFailed").EqualTo(1)
            .And.Property("Compared").EqualTo(1)
            .And.Property("Agreed").EqualTo(1)
            .And.Property("StableMilliseconds").Length.EqualTo(1)
            .And.Property("CandidateMilliseconds").Length.EqualTo(1));
    }

    [Test]
    public void A_pair_with_nothing_to_compare_is_no_pair_that_agrees()
    {
        var tally = Count(ReplaySpec.Default, (Good("[0.5]"), Good("[0.5]")), (Good("[1]"), Good("[1]")));

        Assert.That((tally.Compared, tally.Agreed), Is.EqualTo((1, 1)));
    }

    [Test]
    public void The_first_disagreements_are_shown_with_their_rows_and_long_answers_are_cut()
    {
        var pairs = Enumerable.Range(0, 8).Select(_ => (Good("[1]"), Good("[0]")))
            .Prepend((Good("[1]"), Good("[1]")))
            .Prepend((Good("[1]"), Good($"[\"{new string('a', 500)}\"]")));

        var tally = Count(ReplaySpec.Default, [.. pairs]);

        Assert.Multiple(() =>
        {
            Assert.That(tally.Disagreements.Select(row => row.Row), Is.EqualTo(new[] { 1, 3, 4, 5, 6 }));
            Assert.That(tally.Disagreements[0].Candidate, Has.Length.EqualTo(120).And.EndsWith("…"));
            Assert.That(tally.Disagreements[1], Is.EqualTo(new Disagreement(3, "[1]", "[0]")));
        });
    }

    [Test]
    public void Scores_are_those_of_pairs_that_both_have_one()
    {
        var tally = Count(new ReplaySpec(null, "probability"),
            (Good("""{"probability":0.25}"""), Good("""{"probability":0.5}""")),
            (Good("""{"probability":0.75}"""), Good("""{"other":0.5}""")),
            (Good("[1]"), Good("[1]")));

        Assert.Multiple(() =>
        {
            Assert.That(tally.StableScores, Is.EqualTo(new[] { 0.25 }));
            Assert.That(tally.CandidateScores, Is.EqualTo(new[] { 0.5 }));
        });
    }

    [Test]
    public void Small_scores_do_not_become_nought()
    {
        var tally = Count(ReplaySpec.Default, (Good("[1.23456789e-9]"), Good("[2.5e-9]")));

        Assert.Multiple(() =>
        {
            Assert.That(tally.StableScores, Is.EqualTo(new[] { 1.234568e-9 }));
            Assert.That(tally.CandidateScores, Is.EqualTo(new[] { 2.5e-9 }));
        });
    }

    [TestCase(null, 2)]
    [TestCase(0.05, 1)]
    [TestCase(0.2, 2)]
    public void Scores_count_when_a_tolerance_is_given(double? tolerance, int agreed)
    {
        var tally = Count(new ReplaySpec(tolerance, null), (Good("[1,0.5]"), Good("[1,0.6]")), (Good("[1,0.5]"), Good("[1,0.5]")));

        Assert.That(tally.Agreed, Is.EqualTo(agreed));
    }

    private static PairTally Count(ReplaySpec replay, params (JudgedAnswer Stable, JudgedAnswer Candidate)[] pairs) =>
        PairCount.Of([.. pairs.Select((pair, index) => (index + 1, pair.Stable, pair.Candidate))], replay);

    private static JudgedAnswer Good(string body) => new(new ScoringAnswer(200, "any", body, TimeSpan.FromMilliseconds(2)), null);

    private static JudgedAnswer Failed() => new(new ScoringAnswer(424, "any", "no", TimeSpan.FromMilliseconds(2)), "HTTP 424");
}
