using HeartClassifier.Trainer.Data;

namespace HeartClassifier.Trainer.Training;

/// <summary>Splits rows into folds that have the same share of each label, to within one row.</summary>
internal static class StratifiedFolds
{
    /// <summary>The fold of each row, 0 to <paramref name="folds"/> − 1.</summary>
    public static IReadOnlyList<int> Assign(IReadOnlyList<HeartRow> rows, int folds, SeededRandom random)
    {
        var assigned = new int[rows.Count];
        var next = 0;
        foreach (var label in new[] { false, true })
        {
            var ofLabel = Enumerable.Range(0, rows.Count).Where(i => rows[i].Target == label).ToList();
            random.Shuffle(ofLabel);
            foreach (var row in ofLabel)
            {
                // Counting on from one label to the next keeps the folds' sizes equal too.
                assigned[row] = next++ % folds;
            }
        }

        return assigned;
    }
}
