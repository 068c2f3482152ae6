using HeartClassifier.Trainer.Data;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace HeartClassifier.Trainer.Training;

/// <summary>A trained classifier, as ML.NET runs it.</summary>
internal sealed class HeartModel(
    MLContext context,
    ITransformer pipeline,
    CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> parameters)
{
    /// <summary>The boosted trees; their sum is the score.</summary>
    public TreeEnsemble<RegressionTree> Trees => parameters.SubModel.TrainedTreeEnsemble;

    /// <summary>The calibration: probability = 1 / (1 + exp(slope · score + offset)).</summary>
    public PlattCalibrator Calibrator => parameters.Calibrator;

    /// <summary>Answers every row, in the rows' order.</summary>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<HeartRow> rows)
    {
        var scored = pipeline.Transform(context.Data.LoadFromEnumerable(rows));
        var labels = scored.GetColumn<bool>("PredictedLabel");
        var probabilities = scored.GetColumn<float>("Probability");
        return [.. labels.Zip(probabilities, (label, probability) => new Prediction(label, probability))];
    }
}
