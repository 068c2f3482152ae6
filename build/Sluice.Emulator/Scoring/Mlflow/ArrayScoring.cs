using System.Diagnostics.CodeAnalysis;
using Sluice.Emulator.Scoring.Onnx;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// Scores arrays, to no avail: MLflow's onnx flavour returns a dict of numpy arrays for them, MLflow's script for Azure hands a dict on as it
/// is, and the inference server's <c>json.dumps</c> does not know arrays (mlflow/mlflow#8220). Only data frames are answered.
/// </summary>
internal sealed class ArrayScoring
{
    private readonly OnnxGraph _graph;
    private readonly InputSchema.Tensors? _schema;

    /// <summary>Prepares for a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="schema">The signature's tensors; null when there is no signature, or one of columns.</param>
    internal ArrayScoring(OnnxGraph graph, InputSchema.Tensors? schema)
    {
        _graph = graph;
        _schema = schema;
    }

    /// <summary>Scores one array without a name.</summary>
    /// <exception cref="ScoringException">The array does not fit the signature or the graph.</exception>
    /// <exception cref="UnserializableAnswerException">It does.</exception>
    [DoesNotReturn]
    internal void Score(ReadOnlySpan<byte> json, NestedArray array, DType type)
    {
        if (_schema is { Named: true } and not { Specs.Count: 1 })
        {
            throw ScoringException.Mlflow("The model's signature has named tensors, but the input is a single array.");
        }

        if (_graph.Inputs.Count != 1)
        {
            throw ScoringException.Mlflow(
                "Unable to map numpy array input to the expected model input. Numpy arrays can only be used as input for MLflow ONNX "
                + $"models that have a single input. This model requires {_graph.Inputs.Count} inputs.");
        }

        if (_schema is not null)
        {
            SignatureEnforcement.Check(array, type, _schema.Specs[0]);
        }

        Run(json, [new NamedArray(_graph.Inputs[0].Name, array, type)]);
    }

    /// <summary>Scores arrays by name.</summary>
    /// <exception cref="ScoringException">The arrays do not fit the signature or the graph.</exception>
    /// <exception cref="UnserializableAnswerException">They do.</exception>
    [DoesNotReturn]
    internal void Score(ReadOnlySpan<byte> json, IReadOnlyList<NamedArray> arrays)
        => Run(json, _schema is null ? arrays : Enforced(arrays, _schema));

    private static List<NamedArray> Enforced(IReadOnlyList<NamedArray> arrays, InputSchema.Tensors schema)
    {
        if (!schema.Named)
        {
            throw ScoringException.Mlflow("The model's signature is one tensor without a name, but the input is an object.");
        }

        var missing = schema.Specs.Where(spec => arrays.All(array => array.Name != spec.Name)).Select(spec => spec.Name!).ToList();
        if (missing.Count > 0)
        {
            throw TableScoring.Missing(
                missing, [.. arrays.Select(array => array.Name).Where(name => schema.Specs.All(spec => spec.Name != name))]);
        }

        return [.. schema.Specs.Select(spec =>
        {
            var array = arrays.First(candidate => candidate.Name == spec.Name);
            SignatureEnforcement.Check(array.Array, array.Type, spec);
            return array;
        })];
    }

    [DoesNotReturn]
    private void Run(ReadOnlySpan<byte> json, IReadOnlyList<NamedArray> arrays)
    {
        foreach (var array in arrays)
        {
            if (_graph.Inputs.All(input => input.Name != array.Name))
            {
                throw new ScoringException("ValueError", $"Invalid input name: {array.Name}");
            }
        }

        var ordered = _graph.Inputs.Select(input => arrays.FirstOrDefault(array => array.Name == input.Name)
            ?? throw new ScoringException("ValueError", $"Required inputs (['{input.Name}']) are missing from input feed.")).ToList();
        using var feed = new OnnxFeed(_graph, [.. ordered.Select(array => array.Array.Shape.Select(size => (long)size).ToArray())]);
        for (var i = 0; i < ordered.Count; i++)
        {
            Fill(feed.Inputs[i], _graph.Inputs[i], ordered[i], json);
        }

        feed.Run();
        throw new UnserializableAnswerException("TypeError: Object of type ndarray is not JSON serializable");
    }

    private static void Fill(InputTensor tensor, OnnxPort port, NamedArray array, ReadOnlySpan<byte> json)
    {
        TableScoring.RequireTaken(port, array.Type);
        for (var i = 0; i < array.Array.Cells.Count; i++)
        {
            tensor.Store(i, Scalar.Cast(array.Array.Cells[i], json, array.Type), json);
        }
    }
}
