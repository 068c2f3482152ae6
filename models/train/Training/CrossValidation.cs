using HeartClassifier.Trainer.Data;

namespace HeartClassifier.Trainer.Training;

/// <summary>Repeated stratified cross-validation. Every recipe meets the same folds, so that results can be compared in pairs.</summary>
/// <param name="Repeats">How often the rows are split anew.</param>
/// <param name="Folds">Parts per split; each is held out once.</param>
internal sealed record CrossValidation(int Repeats, int Folds)
{
    private const ulong Seed = 303;

    /// <summary>The setting behind the published numbers.</summary>
    public static readonly CrossValidation Published = new(Repeats: 10, Folds: 5);

    /// <summary>The metrics on each held-out fold, <see cref="Repeats"/> × <see cref="Folds"/> of them.</summary>
    public IReadOnlyList<BinaryMetrics> Evaluate(ModelRecipe recipe, IReadOnlyList<HeartRow> rows)
    {
        var random = new SeededRandom(Seed);
        var results = new List<BinaryMetrics>(Repeats * Folds);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var assigned = StratifiedFolds.Assign(rows, Folds, random);
            for (var fold = 0; fold < Folds; fold++)
            {
                var seen = rows.Where((_, i) => assigned[i] != fold).ToList();
                var heldOut = rows.Where((_, i) => assigned[i] == fold).ToList();
                var predictions = HeartTrainer.Train(recipe, seen).Predict(heldOut);
                results.Add(BinaryMetrics.Of([.. heldOut.Select(row => row.Target)], predictions));
            }
        }

        return results;
    }
}
