using HeartClassifier.Trainer.Data;
using HeartClassifier.Trainer.Training;

namespace HeartClassifier.Trainer.Onnx;

/// <summary>Compares an exported file, run by OnnxRuntime, with the model that ML.NET trained.</summary>
internal static class ExportCheck
{
    /// <summary>
    /// The largest difference of probabilities that is let pass: OnnxRuntime sums the leaves in single precision, ML.NET in double.
    /// </summary>
    public const float Tolerance = 1e-6f;

    /// <summary>Scores the rows both ways and gives back the largest difference between two probabilities.</summary>
    /// <exception cref="InvalidDataException">A label differs, or a probability by more than <see cref="Tolerance"/>.</exception>
    public static float Compare(HeartModel model, byte[] exported, IReadOnlyList<HeartRow> rows)
    {
        using var scorer = new OnnxScorer(exported);
        var largest = 0f;
        foreach (var (row, (expected, actual)) in rows.Zip(model.Predict(rows).Zip(scorer.Predict(rows))))
        {
            var difference = Math.Abs(expected.Probability - actual.Probability);
            // Written so that a probability that is not a number fails too.
            if (expected.Target != actual.Target || !(difference <= Tolerance))
            {
                throw new InvalidDataException(
                    $"The exported graph answers {actual} where ML.NET answers {expected}, "
                    + $"for the row {string.Join(", ", row.InputValues())}.");
            }

            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
