using System.Collections.Immutable;
using System.Globalization;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>
/// The judge of Netflix and Google: compares each metric of the canary with that of the baseline, and sums up what it found in one score.
/// </summary>
/// <remarks>
/// Kayenta's <c>NetflixACAJudge</c>, <c>WeightedSumScorer</c> and <c>ThresholdScoreClassifier</c>. It compares the values of points in
/// time, not the requests behind them: it cannot see what few requests have in common, and each further look at the same canary is one more
/// chance for a false alarm.
/// </remarks>
public static class CanaryJudge
{
    /// <summary>Judges a canary.</summary>
    /// <param name="settings">How the score is made.</param>
    /// <param name="arms">The metrics with their values, at least one.</param>
    /// <exception cref="ArgumentException">There is no metric, or a number of the settings or of a metric is out of range.</exception>
    public static Judgement Judge(CanaryJudgeSettings settings, IReadOnlyList<CanaryArms> arms)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(arms);
        Check(settings, arms);
        ImmutableArray<MetricResult> metrics = [.. arms.Select(MetricClassifier.Classify)];
        var groups = Groups(settings, metrics);
        var (score, reason) = Score(groups, metrics);
        var scoreClass = score >= settings.PassScore ? ScoreClass.Pass
            : score >= settings.MarginalScore ? ScoreClass.Marginal
            : ScoreClass.Fail;
        var scales = string.Create(
            CultureInfo.InvariantCulture,
            $"score {score:0.##}, {settings.PassScore:0.##} pass and {settings.MarginalScore:0.##} are marginal");
        return new Judgement(
            score, scoreClass, $"{scales}: {reason}", HasData(metrics), score <= settings.MarginalScore, groups, metrics);
    }

    private static void Check(CanaryJudgeSettings settings, IReadOnlyList<CanaryArms> arms)
    {
        if (arms.Count == 0)
        {
            throw new ArgumentException("There is no metric to judge by.", nameof(arms));
        }

        if (!(settings.MarginalScore >= 0 && settings.MarginalScore <= settings.PassScore && settings.PassScore <= 100))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The scores must be 0 <= marginal <= pass <= 100; they are {settings.MarginalScore} and {settings.PassScore}."),
                nameof(settings));
        }

        if (settings.GroupWeights.Values.Any(weight => !(weight >= 0)) || !(settings.GroupWeights.Values.Sum() <= 100))
        {
            throw new ArgumentException("The weights of the groups must be 0 or more and at most 100 together.", nameof(settings));
        }
    }

    private static ImmutableArray<GroupScore> Groups(CanaryJudgeSettings settings, ImmutableArray<MetricResult> metrics)
    {
        var groups = metrics
            .SelectMany(result => result.Metric.Groups.Select(name => (name, result.Class)))
            .GroupBy(member => member.name, member => member.Class, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var others = groups.Count(group => !settings.GroupWeights.ContainsKey(group.Key));
        var rest = others == 0 ? 0 : (100 - settings.GroupWeights.Values.Sum()) / others;
        return
        [
            .. from found in groups
               let weight = settings.GroupWeights.GetValueOrDefault(found.Key, rest)
               select new GroupScore(found.Key, ScoreOf([.. found]), weight),
        ];
    }

    private static double ScoreOf(IReadOnlyList<MetricClass> classes)
    {
        var counted = classes.Count(found => found != MetricClass.Nodata);
        return counted == 0 ? 100 : 100.0 * classes.Count(found => found == MetricClass.Pass) / counted;
    }

    private static (double Score, string Reason) Score(ImmutableArray<GroupScore> groups, ImmutableArray<MetricResult> metrics)
    {
        if (metrics.FirstOrDefault(result => result.IsCritical && result.Class != MetricClass.Pass) is { } critical)
        {
            return (0, $"the critical metric {critical.Metric.Name} did not pass: {critical.Reason}");
        }

        var without = metrics.Count(result => result.Class == MetricClass.Nodata);
        if (2 * without >= metrics.Length)
        {
            return (0, $"{without} of {metrics.Length} metrics have no values to compare");
        }

        var sum = Math.Round(groups.Sum(group => group.Score * group.Weight / 100), 2, MidpointRounding.AwayFromZero);
        var passed = $"{metrics.Count(result => result.Class == MetricClass.Pass)} of {metrics.Length} metrics passed";
        var failed = metrics.Where(result => result.Class is not (MetricClass.Pass or MetricClass.Nodata)).ToList();
        return (sum, failed.Count == 0 ? passed : $"{passed}; {failed[0].Metric.Name}: {failed[0].Reason}");
    }

    /// <summary>Passes without values, which mean that there was nothing to count, are not taken for evidence either.</summary>
    private static bool HasData(ImmutableArray<MetricResult> metrics) =>
        2 * metrics.Count(result => result.Class == MetricClass.Nodata) < metrics.Length
        && metrics.Any(result => result is { Baseline.Count: > 0, Canary.Count: > 0 } || result.Class == MetricClass.NodataFailMetric);
}
