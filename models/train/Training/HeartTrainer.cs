using HeartClassifier.Trainer.Data;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace HeartClassifier.Trainer.Training;

/// <summary>Grows gradient-boosted trees with ML.NET's FastTree. The same rows give the same model, bit by bit.</summary>
internal static class HeartTrainer
{
    private const string ThalSlots = "ThalSlots";
    private const string Features = "Features";
    private const int Seed = 20261123;

    /// <summary>Trains on all rows given.</summary>
    public static HeartModel Train(ModelRecipe recipe, IReadOnlyList<HeartRow> rows)
    {
        var context = new MLContext(Seed);
        var data = context.Data.LoadFromEnumerable(rows);

        // The words are given, not learned: a fold without one of them must not shift the slots of the others.
        var words = context.Data.LoadFromEnumerable(HeartSchema.ThalWords.Select(word => new ThalWord { Word = word }));
        var encoder = context.Transforms.Categorical
            .OneHotEncoding([new InputOutputColumnPair(ThalSlots, nameof(HeartRow.Thal))], keyData: words)
            .Append(context.Transforms.Concatenate(Features, nameof(HeartRow.Numbers), ThalSlots))
            .Fit(data);

        var booster = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(HeartRow.Target),
            FeatureColumnName = Features,
            NumberOfTrees = recipe.Trees,
            NumberOfLeaves = recipe.Leaves,
            LearningRate = recipe.LearningRate,
            MinimumExampleCountPerLeaf = recipe.MinimumRowsPerLeaf,
            Seed = Seed,
            FeatureSelectionSeed = Seed,
            // Sums of floating-point numbers depend on their order, and thus on the number of threads.
            NumberOfThreads = 1,
        }).Fit(encoder.Transform(data));

        return new HeartModel(context, encoder.Append(booster), booster.Model);
    }

    private sealed class ThalWord
    {
        public required string Word { get; init; }
    }
}
