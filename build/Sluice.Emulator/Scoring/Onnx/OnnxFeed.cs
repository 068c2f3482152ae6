using Microsoft.ML.OnnxRuntime;

namespace Sluice.Emulator.Scoring.Onnx;

/// <summary>The memory for one run of a graph: its inputs, of fixed shapes, and its outputs. For one thread at a time.</summary>
internal sealed class OnnxFeed : IDisposable
{
    private readonly OnnxGraph _graph;
    private readonly OrtIoBinding _binding;
    private readonly InputTensor[] _inputs;
    private readonly OutputTensor[] _outputs;
    private OutputsState _state;

    /// <summary>Allocates memory.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="shapes">The shape of each input, in the graph's order.</param>
    internal OnnxFeed(OnnxGraph graph, IReadOnlyList<long[]> shapes)
    {
        _graph = graph;
        _binding = graph.Session.CreateIoBinding();
        _inputs = [.. graph.Inputs.Zip(shapes, (input, shape) => InputTensor.Create(input.Type, shape))];
        _outputs = [.. graph.Outputs.Select(OutputTensor.Create)];
        foreach (var (port, tensor) in graph.Inputs.Zip(_inputs))
        {
            _binding.BindInput(port.Name, tensor.Value);
        }
    }

    /// <summary>The inputs, in the graph's order. Fill every element before each run.</summary>
    internal ReadOnlySpan<InputTensor> Inputs => _inputs;

    /// <summary>The outputs of the last run, in the graph's order.</summary>
    internal ReadOnlySpan<OutputTensor> Outputs => _outputs;

    /// <summary>Runs the graph.</summary>
    /// <exception cref="OnnxRuntimeException">The graph refuses the inputs, or an operator fails.</exception>
    internal void Run()
    {
        if (_state == OutputsState.Known)
        {
            // What came once comes again, most likely, and may then be written to where it is read.
            _state = TryBindOutputs() ? OutputsState.Bound : OutputsState.Varying;
        }

        if (_state == OutputsState.Bound)
        {
            try
            {
                _graph.Session.RunWithBinding(_graph.RunOptions, _binding);
                return;
            }
            catch (OnnxRuntimeException)
            {
                // Sizes may depend on the values. Whatever else it was, it comes again.
                _state = OutputsState.Varying;
            }
        }

        // Binding anew lets the runtime choose the outputs' sizes.
        _binding.ClearBoundOutputs();
        foreach (var output in _graph.Outputs)
        {
            _binding.BindOutputToDevice(output.Name, OrtMemoryInfo.DefaultInstance);
        }

        _graph.Session.RunWithBinding(_graph.RunOptions, _binding);
        using var values = _binding.GetOutputValues();
        for (var i = 0; i < _outputs.Length; i++)
        {
            _outputs[i].Load(values.ElementAt(i));
        }

        if (_state == OutputsState.Unknown)
        {
            _state = OutputsState.Known;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        foreach (var input in _inputs)
        {
            input.Dispose();
        }

        foreach (var output in _outputs)
        {
            output.Dispose();
        }
    }

    private bool TryBindOutputs()
    {
        if (!Array.TrueForAll(_outputs, output => output.CanBeBound))
        {
            return false;
        }

        _binding.ClearBoundOutputs();
        foreach (var (port, output) in _graph.Outputs.Zip(_outputs))
        {
            _binding.BindOutput(port.Name, output.Bind());
        }

        return true;
    }

    /// <summary>What is known of the outputs' sizes.</summary>
    private enum OutputsState
    {
        /// <summary>Nothing yet.</summary>
        Unknown,

        /// <summary>Those of the first run.</summary>
        Known,

        /// <summary>They are always the same, and memory of that size is bound.</summary>
        Bound,

        /// <summary>They depend on the values, or can't be bound.</summary>
        Varying,
    }
}
