using Sluice.Emulator.Scoring.Onnx;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>Scores arrays. The answer is an object: output name to nested lists.</summary>
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
    internal void Score(ReadOnlySpan<byte> json, NestedArray array, DType type, PooledBuffer answer)
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

        Run(json, [new NamedArray(_graph.Inputs[0].Name, array, type)], answer);
    }

    /// <summary>Scores arrays by name.</summary>
    /// <exception cref="ScoringException">The arrays do not fit the signature or the graph.</exception>
    internal void Score(ReadOnlySpan<byte> json, IReadOnlyList<NamedArray> arrays, PooledBuffer answer)
        => Run(json, _schema is null ? arrays : Enforced(arrays, _schema), answer);

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

    private void Run(ReadOnlySpan<byte> json, IReadOnlyList<NamedArray> arrays, PooledBuffer answer)
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
        Write(feed, answer);
    }

    private static void Fill(InputTensor tensor, OnnxPort port, NamedArray array, ReadOnlySpan<byte> json)
    {
        TableScoring.RequireTaken(port, array.Type);
        for (var i = 0; i < array.Array.Cells.Count; i++)
        {
            tensor.Store(i, Scalar.Cast(array.Array.Cells[i], json, array.Type), json);
        }
    }

    private void Write(OnnxFeed feed, PooledBuffer answer)
    {
        var writer = new PythonJsonWriter(answer);
        writer.Raw("{"u8);
        for (var i = 0; i < feed.Outputs.Length; i++)
        {
            if (i > 0)
            {
                writer.Separator();
            }

            writer.Key(_graph.Outputs[i].Name);
            var next = 0;
            WriteLevel(feed.Outputs[i], level: 0, ref next, writer);
        }

        writer.Raw("}"u8);
    }

    private static void WriteLevel(OutputTensor output, int level, ref int next, PythonJsonWriter writer)
    {
        if (level == output.Shape.Length)
        {
            output.Write(next++, writer);
            return;
        }

        writer.Raw("["u8);
        for (var i = 0; i < output.Shape[level]; i++)
        {
            if (i > 0)
            {
                writer.Separator();
            }

            WriteLevel(output, level + 1, ref next, writer);
        }

        writer.Raw("]"u8);
    }
}
