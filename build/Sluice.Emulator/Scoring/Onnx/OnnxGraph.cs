using Microsoft.ML.OnnxRuntime;
using Sluice.Emulator.Scoring.Mlflow;

namespace Sluice.Emulator.Scoring.Onnx;

/// <summary>A loaded ONNX graph. Runs on several threads at once, each with a feed of its own.</summary>
internal sealed class OnnxGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly SessionOptions _options;
    private readonly RunOptions _runOptions;

    private OnnxGraph(InferenceSession session, SessionOptions options, IReadOnlyList<OnnxPort> inputs, IReadOnlyList<OnnxPort> outputs)
    {
        _session = session;
        _options = options;
        _runOptions = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>The inputs, in the graph's order.</summary>
    internal IReadOnlyList<OnnxPort> Inputs { get; }

    /// <summary>The outputs, in the graph's order.</summary>
    internal IReadOnlyList<OnnxPort> Outputs { get; }

    /// <summary>The session, for the feeds.</summary>
    internal InferenceSession Session => _session;

    /// <summary>How the feeds run.</summary>
    internal RunOptions RunOptions => _runOptions;

    /// <summary>Loads a graph.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">Its name in errors: relative to the model folder.</param>
    /// <exception cref="ModelFolderException">The file is no graph, or has inputs or outputs that are not served.</exception>
    internal static OnnxGraph Load(string path, string file)
    {
        OnnxTelemetry.SwitchOff();

        // One thread a request: the requests themselves are what runs in parallel. Errors come back as exceptions and go to
        // the container's log, so the runtime's own printing to the console is off.
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(path, options);
            var inputs = session.InputNames.Select(name => Port(name, session.InputMetadata[name], "input", file)).ToList();
            var outputs = session.OutputNames.Select(name => Port(name, session.OutputMetadata[name], "output", file)).ToList();
            return inputs.Count > 0
                ? new OnnxGraph(session, options, inputs, outputs)
                : throw new ModelFolderException(file, "the graph has no inputs.");
        }
        catch (OnnxRuntimeException e)
        {
            options.Dispose();
            var reason = e.Message.Replace(path, file, StringComparison.Ordinal);
            throw new ModelFolderException(file, $"OnnxRuntime cannot load the graph: {reason}", e);
        }
        catch (ModelFolderException)
        {
            session?.Dispose();
            options.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private static OnnxPort Port(string name, NodeMetadata metadata, string role, string file)
        => OnnxPort.Of(name, metadata) ?? throw new ModelFolderException(
            file,
            $"the graph's {role} '{name}' is {Describe(metadata)}; served are tensors of float, double, int64, int32, bool and string.");

    private static string Describe(NodeMetadata metadata)
        => metadata.OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR
            ? $"a tensor of {metadata.ElementDataType.ToString().ToLowerInvariant()}"
            : $"a {metadata.OnnxValueType.ToString()["ONNX_TYPE_".Length..].ToLowerInvariant()}";
}
