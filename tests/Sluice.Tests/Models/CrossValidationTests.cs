using HeartClassifier.Trainer;
using HeartClassifier.Trainer.Training;

namespace Sluice.Tests.Models;

[Category("Unit")]
internal sealed class CrossValidationTests
{
    [Test]
    public void Metrics_of_four_answers_are_those_worked_out_by_hand()
    {
        Prediction[] answers = [new(true, 0.8f), new(false, 0.4f), new(false, 0.4f), new(false, 0.1f)];

        var metrics = BinaryMetrics.Of([true, true, false, false], answers);

        // Of the four pairs of a positive and a negative row three are in order and one ties.
        Assert.That(metrics.Auc, Is.EqualTo(3.5 / 4));
        Assert.That(metrics.Accuracy, Is.EqualTo(3.0 / 4));
        Assert.That(metrics.Recall, Is.EqualTo(1.0 / 2));
        Assert.That(metrics.LogLoss, Is.EqualTo(-Math.Log(0.8 * 0.4 * 0.6 * 0.9) / 4).Within(1e-7));
    }

    [TestCase(303, 5)]
    [TestCase(100, 10)]
    [TestCase(17, 3)]
    public void Folds_have_equal_sizes_and_equal_shares_of_each_label_to_within_one_row(int count, int folds)
    {
        var rows = InventedRows.Make(count, seed: 7);

        var assigned = StratifiedFolds.Assign(rows, folds, new SeededRandom(8));

        var sizes = assigned.CountBy(fold => fold).Select(fold => fold.Value).ToList();
        var positives = assigned.Where((_, i) => rows[i].Target).CountBy(fold => fold).Select(fold => fold.Value).ToList();
        Assert.That(sizes, Has.Count.EqualTo(folds));
        Assert.That(sizes.Max() - sizes.Min(), Is.LessThanOrEqualTo(1));
        Assert.That(positives.Max() - positives.Min(), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void The_random_numbers_are_SplitMix64()
    {
        var random = new SeededRandom(1234567);

        // The first outputs for this seed, as published with the generator.
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423];
        var expected = published.Select(output => (output >> 11) / (double)(1UL << 53));
        Assert.That(published.Select(_ => random.NextDouble()), Is.EqualTo(expected));
    }

    [Test]
    public void Version_2_is_better_than_version_1_on_rows_held_out()
    {
        var data = HeartDataFile.RowsOrIgnore();
        var validation = new CrossValidation(Repeats: 2, Folds: 5);

        var v1 = validation.Evaluate(ModelRecipe.V1, data);
        var v2 = validation.Evaluate(ModelRecipe.V2, data);

        Assert.That(v2.Average(fold => fold.Auc), Is.GreaterThan(v1.Average(fold => fold.Auc) + 0.03));
        Assert.That(v2.Average(fold => fold.Accuracy), Is.GreaterThan(v1.Average(fold => fold.Accuracy) + 0.03));
        Assert.That(v2.Average(fold => fold.LogLoss), Is.LessThan(v1.Average(fold => fold.LogLoss) - 0.05));
        Assert.That(v2.Average(fold => fold.Recall), Is.GreaterThan(v1.Average(fold => fold.Recall)));
    }
}
