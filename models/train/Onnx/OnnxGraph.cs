namespace HeartClassifier.Trainer.Onnx;

/// <summary>A graph under construction: values go in, each node makes one more, some come out.</summary>
/// <param name="name">The graph's name.</param>
internal sealed class OnnxGraph(string name)
{
    /// <summary>The operator set of ONNX itself.</summary>
    public const string Core = "";

    /// <summary>The operator set of classical models: encoders, trees.</summary>
    public const string ClassicalModels = "ai.onnx.ml";

    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxConstant> _constants = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxValue> _outputs = [];

    /// <summary>The graph's name.</summary>
    public string Name { get; } = name;

    /// <summary>The inputs, in the order of their declaration.</summary>
    public IReadOnlyList<OnnxValue> Inputs => _inputs;

    /// <summary>The constants.</summary>
    public IReadOnlyList<OnnxConstant> Constants => _constants;

    /// <summary>The nodes, each after those that it needs.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The outputs, in the order of their declaration.</summary>
    public IReadOnlyList<OnnxValue> Outputs => _outputs;

    /// <summary>Declares an input and gives back its name.</summary>
    public string AddInput(string input, OnnxElementType type)
    {
        _inputs.Add(new OnnxValue(input, type));
        return input;
    }

    /// <summary>Adds a constant without axes and gives back its name.</summary>
    public string AddScalar(string constant, float value)
    {
        _constants.Add(new OnnxConstant(constant, value));
        return constant;
    }

    /// <summary>Adds a constant with one axis and gives back its name.</summary>
    public string AddVector(string constant, params long[] values)
    {
        _constants.Add(new OnnxConstant(constant, values));
        return constant;
    }

    /// <summary>Adds a node and gives back the name of the value that it makes.</summary>
    public string AddNode(string @operator, string domain, IReadOnlyList<string> inputs, string output, params OnnxAttribute[] attributes)
    {
        _nodes.Add(new OnnxNode(@operator, domain, inputs, output, attributes));
        return output;
    }

    /// <summary>Declares that a value leaves the graph.</summary>
    public void AddOutput(string output, OnnxElementType type) => _outputs.Add(new OnnxValue(output, type));
}
