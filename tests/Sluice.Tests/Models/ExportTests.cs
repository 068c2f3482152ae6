using HeartClassifier.Trainer.Data;
using HeartClassifier.Trainer.Onnx;
using HeartClassifier.Trainer.Training;

namespace Sluice.Tests.Models;

[Category("Unit")]
internal sealed class ExportTests
{
    [TestCase(1, 2)]
    [TestCase(7, 3)]
    [TestCase(30, 12)]
    public void An_export_answers_as_the_trained_model_does_on_rows_that_neither_has_seen(int trees, int leaves)
    {
        var recipe = ModelRecipe.V1 with { Trees = trees, Leaves = leaves };
        var model = HeartTrainer.Train(recipe, InventedRows.Make(300, seed: 1));
        var exported = OnnxWriter.Write(HeartGraph.Build(model));

        Assert.That(ExportCheck.Compare(model, exported, InventedRows.Make(2_000, seed: 2)), Is.LessThanOrEqualTo(ExportCheck.Tolerance));
    }

    [Test]
    public void A_word_that_the_model_does_not_know_counts_as_none_of_those_it_knows()
    {
        var model = HeartTrainer.Train(ModelRecipe.V2, InventedRows.Make(300, seed: 3));
        using var scorer = new OnnxScorer(OnnxWriter.Write(HeartGraph.Build(model)));
        var numbers = InventedRows.Make(1, seed: 4)[0].Numbers;

        var answers = scorer.Predict([.. new[] { "1", "", "Reversible" }.Select(word => new HeartRow { Numbers = numbers, Thal = word })]);

        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_file_that_answers_differently_than_the_model_is_refused_with_the_row()
    {
        var rows = InventedRows.Make(300, seed: 5);
        var model = HeartTrainer.Train(ModelRecipe.V1, rows);
        var other = OnnxWriter.Write(HeartGraph.Build(HeartTrainer.Train(ModelRecipe.V2, rows)));

        Assert.That(
            () => ExportCheck.Compare(model, other, rows),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("for the row"));
    }

    [Test]
    public void Training_twice_on_the_same_rows_exports_the_same_bytes()
    {
        var rows = InventedRows.Make(300, seed: 6);

        var first = OnnxWriter.Write(HeartGraph.Build(HeartTrainer.Train(ModelRecipe.V2, rows)));
        var second = OnnxWriter.Write(HeartGraph.Build(HeartTrainer.Train(ModelRecipe.V2, rows)));

        Assert.That(second, Is.EqualTo(first));
    }
}
