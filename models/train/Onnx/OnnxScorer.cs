using HeartClassifier.Trainer.Data;
using HeartClassifier.Trainer.Training;
using Microsoft.ML.OnnxRuntime;

namespace HeartClassifier.Trainer.Onnx;

/// <summary>Runs an exported graph in OnnxRuntime, fed as MLflow feeds it: one array of rank 1 per column.</summary>
internal sealed class OnnxScorer : IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>Loads the bytes of an ONNX file.</summary>
    public OnnxScorer(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(model, options);
    }

    /// <summary>Answers every row, in the rows' order.</summary>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<HeartRow> rows)
    {
        var columns = HeartSchema.Numbers
            .Select((column, i) => (column.Name, Tensor: ToTensor(column, [.. rows.Select(row => row.Numbers[i])])))
            .Append((HeartSchema.Thal.Name, Tensor: ToTensor([.. rows.Select(row => row.Thal)])))
            .ToDictionary(column => column.Name, column => column.Tensor);
        try
        {
            using var options = new RunOptions();
            using var answers = _session.Run(options, columns, [HeartGraph.Target, HeartGraph.Probability]);
            var predictions = new Prediction[rows.Count];
            for (var i = 0; i < predictions.Length; i++)
            {
                predictions[i] = new Prediction(
                    answers[0].GetTensorDataAsSpan<long>()[i] == 1, answers[1].GetTensorDataAsSpan<float>()[i]);
            }

            return predictions;
        }
        finally
        {
            foreach (var column in columns.Values)
            {
                column.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OrtValue ToTensor(HeartColumn column, float[] values) =>
        HeartGraph.TypeOf(column) == OnnxElementType.Int64
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (long)value), [values.Length])
            : OrtValue.CreateTensorValueFromMemory(values, [values.Length]);

    private static OrtValue ToTensor(string[] values)
    {
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [values.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            tensor.StringTensorSetElementAt(values[i], i);
        }

        return tensor;
    }
}
