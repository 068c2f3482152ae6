using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sluice.Emulator.Scoring.Onnx;

namespace Sluice.Benchmarks.References;

/// <summary>A model on OnnxRuntime alone, in a session as the emulator has it, with rows that lie ready in tensors.</summary>
internal sealed class BareModel : IDisposable
{
    private readonly OnnxGraph _graph;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly OrtValue[] _tensors;

    /// <summary>Loads a graph and fills its tensors.</summary>
    /// <param name="file">The graph.</param>
    /// <param name="rows">The rows.</param>
    public BareModel(string file, HeartRows rows)
    {
        _graph = OnnxGraph.Load(file, Path.GetFileName(file));
        _inputs = [.. _graph.Inputs.Select(input => input.Name)];
        _outputs = [.. _graph.Outputs.Select(output => output.Name)];
        _tensors = [.. _graph.Inputs.Select(input => TensorOf(input, rows))];
    }

    /// <summary>The names of the outputs.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <summary>Scores the rows. On several threads at once, for the tensors are only read.</summary>
    /// <returns>The outputs, in the graph's order; the caller disposes of them.</returns>
    public IDisposableReadOnlyCollection<OrtValue> Run() => _graph.Session.Run(_graph.RunOptions, _inputs, _tensors, _outputs);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _tensors)
        {
            tensor.Dispose();
        }

        _graph.Dispose();
    }

    private static OrtValue TensorOf(OnnxPort input, HeartRows rows)
    {
        var column = rows.Columns.IndexOf(input.Name);
        var values = rows.Rows.Select(row => row[column]!);
        long[] shape = [rows.Rows.Length];
        switch (input.Type)
        {
            case TensorElementType.Int64:
                return OrtValue.CreateTensorValueFromMemory(values.Select(value => value.GetValue<long>()).ToArray(), shape);
            case TensorElementType.Float:
                return OrtValue.CreateTensorValueFromMemory(values.Select(value => (float)value.GetValue<double>()).ToArray(), shape);
            case TensorElementType.Double:
                return OrtValue.CreateTensorValueFromMemory(values.Select(value => value.GetValue<double>()).ToArray(), shape);
            case TensorElementType.String:
                var texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
                foreach (var (index, value) in values.Index())
                {
                    texts.StringTensorSetElementAt(value.GetValue<string>().AsSpan(), index);
                }

                return texts;
            default:
                throw new InvalidOperationException($"{input.Name} is of the type {input.Type}, which none of the repository's models has.");
        }
    }
}
