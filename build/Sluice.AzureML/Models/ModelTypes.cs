using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Models;

/// <summary>The words of the service for what a model is made of.</summary>
internal static class ModelTypes
{
    private static readonly (ModelType Type, string Word)[] Words =
    [
        (ModelType.Mlflow, "mlflow_model"),
        (ModelType.Custom, "custom_model"),
        (ModelType.Triton, "triton_model"),
    ];

    /// <summary>The word for a type.</summary>
    public static string Write(ModelType type) => Array.Find(Words, entry => entry.Type == type).Word;

    /// <summary>The type of a word; null for none, and for one that is not known.</summary>
    public static ModelType? Parse(string? word)
    {
        var found = Array.FindIndex(Words, entry => entry.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : Words[found].Type;
    }
}
