using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>The words of the service, and of <c>az ml</c>, for what a model is made of.</summary>
public static class ModelTypes
{
    /// <summary>Each type with its word.</summary>
    public static ImmutableArray<(string Word, ModelType Type)> Words { get; } =
    [
        ("mlflow_model", ModelType.Mlflow),
        ("custom_model", ModelType.Custom),
        ("triton_model", ModelType.Triton),
    ];

    /// <summary>The word for a type.</summary>
    public static string Write(ModelType type) => Words.Single(entry => entry.Type == type).Word;

    /// <summary>The type of a word, in any case; null for none, and for one that is not known.</summary>
    public static ModelType? Parse(string? word) => Words
        .Where(entry => entry.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
        .Select(entry => (ModelType?)entry.Type)
        .FirstOrDefault();
}
