namespace HeartClassifier.Trainer.Training;

/// <summary>How one version of the classifier is grown.</summary>
/// <param name="Version">The version, and the name of its folder.</param>
/// <param name="Trees">The number of boosted trees.</param>
/// <param name="Leaves">The most leaves a tree may have; at least 2.</param>
/// <param name="LearningRate">The share of each tree's answer that enters the sum.</param>
/// <param name="MinimumRowsPerLeaf">The fewest training rows that a leaf may stand for.</param>
/// <param name="Created">The day on which the recipe was settled: a training run's own clock would make each run's files differ.</param>
internal sealed record ModelRecipe(
    string Version, int Trees, int Leaves, double LearningRate, int MinimumRowsPerLeaf, DateOnly Created)
{
    /// <summary>Three stumps: the version that serves first.</summary>
    public static readonly ModelRecipe V1 = new("v1", Trees: 3, Leaves: 2, LearningRate: 0.2, MinimumRowsPerLeaf: 10, new(2026, 10, 5));

    /// <summary>Many small trees, each adding little: the version that is rolled out.</summary>
    public static readonly ModelRecipe V2 = new("v2", Trees: 60, Leaves: 3, LearningRate: 0.1, MinimumRowsPerLeaf: 10, new(2026, 11, 16));

    /// <summary>The versions in the order of their release.</summary>
    public static readonly IReadOnlyList<ModelRecipe> All = [V1, V2];
}
