using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Tests.Analysis.Kayenta;

/// <summary>Scores of metrics that pass (P), are high (H) or low (L), have no data (N) or none where there must be some (M).</summary>
[Category("Unit")]
internal sealed class CanaryJudgeTests
{
    private static readonly CanaryJudgeSettings Settings = new(PassScore: 95, MarginalScore: 75);

    [TestCase("P", 100, ScoreClass.Pass)]
    [TestCase("PPPH", 75, ScoreClass.Marginal)]
    [TestCase("PPH", 66.67, ScoreClass.Fail)]
    [TestCase("PPL", 66.67, ScoreClass.Fail)]
    [TestCase("PPN", 100, ScoreClass.Pass)]
    [TestCase("PPM", 66.67, ScoreClass.Fail)]
    [TestCase("H", 0, ScoreClass.Fail)]
    [TestCase("PN", 0, ScoreClass.Fail)]
    [TestCase("NNN", 0, ScoreClass.Fail)]
    public void The_score_is_the_share_of_metrics_that_passed(string metrics, double score, ScoreClass expected)
    {
        var judgement = CanaryJudge.Judge(Settings, Arms((metrics, CanaryMetric.DefaultGroup)));

        Assert.That((judgement.Score, judgement.Class), Is.EqualTo((score, expected)));
    }

    [TestCase("P", "H", 60)]
    [TestCase("PH", "PH", 50)]
    [TestCase("PPP", "N", 100)]
    public void Groups_count_by_their_weights(string heavy, string light, double score)
    {
        var settings = Settings with { GroupWeights = Weights(("heavy", 60), ("light", 40)) };

        var judgement = CanaryJudge.Judge(settings, Arms((heavy, "heavy"), (light, "light")));

        Assert.That(judgement.Score, Is.EqualTo(score));
    }

    [Test]
    public void Groups_without_a_weight_share_what_is_left()
    {
        var settings = Settings with { GroupWeights = Weights(("a", 40)) };

        var judgement = CanaryJudge.Judge(settings, Arms(("P", "a"), ("H", "b"), ("P", "c")));

        GroupScore[] expected = [new("a", 100, 40), new("b", 0, 30), new("c", 100, 30)];
        Assert.That(judgement.Groups, Is.EqualTo(expected));
        Assert.That(judgement.Score, Is.EqualTo(70));
    }

    [Test]
    public void A_metric_counts_in_each_of_its_groups()
    {
        var arms = Arms(("H", "a"), ("PP", "b"));
        var both = arms[0] with { Metric = arms[0].Metric with { Groups = ["a", "b"] } };

        var judgement = CanaryJudge.Judge(Settings, [both, .. arms.Skip(1)]);

        Assert.That(judgement.Groups.Select(group => Math.Round(group.Score, 2)), Is.EqualTo(new[] { 0, 66.67 }));
        Assert.That(judgement.Score, Is.EqualTo(33.33));
    }

    [TestCase('H')]
    [TestCase('L')]
    [TestCase('N')]
    public void A_critical_metric_that_did_not_pass_makes_the_score_0(char critical)
    {
        var arms = Arms(($"{critical}PPPPPPPPP", "metrics"));
        var metric = arms[0].Metric with { IsCritical = true };

        var judgement = CanaryJudge.Judge(Settings, [arms[0] with { Metric = metric }, .. arms.Skip(1)]);

        Assert.That((judgement.Score, judgement.Class), Is.EqualTo((0, ScoreClass.Fail)));
        Assert.That(judgement.Reason, Does.StartWith("score 0, 95 pass and 75 are marginal: the critical metric metrics-0 did not pass: "));
    }

    [Test]
    public void A_critical_metric_that_passed_is_one_of_many()
    {
        var arms = Arms(("PPPH", "metrics"));

        var judgement = CanaryJudge.Judge(Settings, [arms[0] with { Metric = arms[0].Metric with { IsCritical = true } }, .. arms.Skip(1)]);

        Assert.That(judgement.Score, Is.EqualTo(75));
    }

    [TestCase("PPPH", true)]
    [TestCase("PPPPH", false)]
    [TestCase("H", true)]
    public void A_run_ends_where_the_score_is_not_above_the_marginal_one(string metrics, bool ends) =>
        Assert.That(CanaryJudge.Judge(Settings, Arms((metrics, "metrics"))).EndsRun, Is.EqualTo(ends));

    [TestCase("P", VerdictKind.Pass, 100, "1 of 1 metrics passed")]
    [TestCase("PPPPH", VerdictKind.Inconclusive, 80, "4 of 5 metrics passed; metrics-4: too high: the canary is off by 40, ")]
    [TestCase("PH", VerdictKind.Fail, 50, "1 of 2 metrics passed; metrics-1: too high: the canary is off by 40, ")]
    [TestCase("PNN", VerdictKind.NoData, 0, "2 of 3 metrics have no values to compare")]
    [TestCase("M", VerdictKind.Fail, 0, "0 of 1 metrics passed; metrics-0: the canary has no value, the baseline 12; both must have some")]
    public void A_score_is_a_verdict_with_its_numbers(string metrics, VerdictKind kind, int score, string reason)
    {
        var verdict = CanaryJudge.Judge(Settings, Arms((metrics, "metrics"))).ToVerdict();

        Assert.That(verdict.Kind, Is.EqualTo(kind));
        Assert.That(verdict.Sentence, Does.StartWith($"score {score}, 95 pass and 75 are marginal: {reason}"));
    }

    [Test]
    public void Metrics_that_pass_because_there_was_nothing_to_count_are_no_evidence()
    {
        var metric = new CanaryMetric("errors") { NanStrategy = NanStrategy.Replace };

        var judgement = CanaryJudge.Judge(Settings, [new CanaryArms(metric, [], [])]);

        Assert.That((judgement.Class, judgement.ToVerdict().Kind), Is.EqualTo((ScoreClass.Pass, VerdictKind.NoData)));
    }

    [Test]
    public void The_same_values_give_the_same_judgement()
    {
        var arms = Arms(("PHLNM", "a"), ("PP", "b"));

        var judgements = Enumerable.Range(0, 3).Select(_ => CanaryJudge.Judge(Settings, arms)).ToList();

        Assert.That(judgements.Select(judgement => judgement.Reason).Distinct().Count(), Is.EqualTo(1));
        Assert.That(judgements.Skip(1).Select(judgement => judgement.Metrics), Is.All.EqualTo(judgements[0].Metrics));
    }

    [TestCase(95, 96)]
    [TestCase(101, 75)]
    [TestCase(95, -1)]
    [TestCase(double.NaN, 75)]
    public void Scores_out_of_order_are_refused(double pass, double marginal) =>
        Assert.That(() => CanaryJudge.Judge(new CanaryJudgeSettings(pass, marginal), Arms(("P", "a"))), Throws.ArgumentException);

    [TestCase(101)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void Weights_that_are_no_shares_are_refused(double weight) => Assert.That(
        () => CanaryJudge.Judge(Settings with { GroupWeights = Weights(("a", weight)) }, Arms(("P", "a"))), Throws.ArgumentException);

    [Test]
    public void Without_a_metric_there_is_no_judgement() => Assert.That(() => CanaryJudge.Judge(Settings, []), Throws.ArgumentException);

    private static ImmutableDictionary<string, double> Weights(params (string Group, double Weight)[] weights) =>
        weights.ToImmutableDictionary(each => each.Group, each => each.Weight);

    private static IReadOnlyList<CanaryArms> Arms(params (string Metrics, string Group)[] groups) =>
        [.. groups.SelectMany(group => group.Metrics.Select((letter, number) => Arm(letter, $"{group.Group}-{number}", group.Group)))];

    private static CanaryArms Arm(char letter, string name, string group)
    {
        ImmutableArray<double> baseline = [.. Enumerable.Range(100, 12).Select(number => (double)number)];
        ImmutableArray<double> canary = letter switch
        {
            'P' => baseline,
            'H' => [.. baseline.Select(value => value + 40)],
            'L' => [.. baseline.Select(value => value - 40)],
            _ => [],
        };
        return new CanaryArms(new CanaryMetric(name) { Groups = [group], MustHaveData = letter == 'M' }, baseline, canary);
    }
}
