namespace HeartClassifier.Trainer.Training;

/// <summary>A classifier's answer for one row.</summary>
/// <param name="Target">The predicted label.</param>
/// <param name="Probability">The probability of a narrowing, 0 to 1.</param>
internal readonly record struct Prediction(bool Target, float Probability);
