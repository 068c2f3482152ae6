using System.Text.Json;
using Sluice.Emulator.Scoring.Onnx;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>What Azure's scoring script for MLflow models does with a request, for a model of the <c>onnx</c> flavour.</summary>
internal sealed class MlflowScript : IScoringScript
{
    private static readonly string[] FrameKeys = ["columns", "index", "data"];

    private readonly OnnxGraph _graph;
    private readonly Sample? _sample;
    private readonly TableScoring _tables;
    private readonly ArrayScoring _arrays;
    private readonly IReadOnlyList<ParameterSpec>? _parameters;

    /// <summary>Puts a model to work.</summary>
    /// <param name="graph">The graph; belongs to the script from now on.</param>
    /// <param name="signature">The signature, if there is one.</param>
    /// <param name="sample">The sample, if there is one.</param>
    internal MlflowScript(OnnxGraph graph, ModelSignature? signature, Sample? sample)
    {
        _graph = graph;
        _sample = sample;
        _parameters = signature?.Parameters;
        _tables = new TableScoring(graph, signature?.Inputs as InputSchema.Columns, (sample as Sample.Table)?.Types);
        _arrays = new ArrayScoring(graph, signature?.Inputs as InputSchema.Tensors);
    }

    /// <inheritdoc/>
    public void Run(ReadOnlyMemory<byte> json, Cell inputData, Cell? parameters, PooledBuffer answer)
    {
        if (parameters is { } given)
        {
            ParameterCheck.Check(json.Span, given, _parameters);
        }

        switch (_sample)
        {
            case Sample.Table:
                ScoreTable(json, inputData, answer);
                break;
            case Sample.NamedArrays named:
                _arrays.Score(json.Span, NamedArrays(json.Span, inputData, named.Types), answer);
                break;
            case Sample.SingleArray single:
                RequireList(json.Span, inputData);
                _arrays.Score(json.Span, NestedArray.Read(json.Span, inputData), single.Type, answer);
                break;
            default:
                ScoreFreely(json, inputData, answer);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tables.Dispose();
        _graph.Dispose();
    }

    private void ScoreTable(ReadOnlyMemory<byte> json, Cell inputData, PooledBuffer answer)
    {
        using var frame = Frame.Read(json, inputData);
        _tables.Score(frame, answer);
    }

    // Without a sample the form of the input decides what it is.
    private void ScoreFreely(ReadOnlyMemory<byte> json, Cell inputData, PooledBuffer answer)
    {
        if (inputData.Kind is CellKind.Text or CellKind.EscapedText)
        {
            json = Parsed(inputData.ToText(json.Span));
            inputData = Whole(json.Span);
        }

        if (inputData.Kind != CellKind.Nested)
        {
            throw new ScoringException("TypeError", "input_data is neither a list nor an object");
        }

        if (json.Span[inputData.Start] == '[')
        {
            var array = NestedArray.Read(json.Span, inputData);
            _arrays.Score(json.Span, array, array.InferredType, answer);
            return;
        }

        var members = Members(json.Span, inputData);
        if (members.Exists(member => member.Name == "input_data"))
        {
            inputData = members.FindLast(member => member.Name == "input_data").Value;
            members = inputData.Kind == CellKind.Nested && json.Span[inputData.Start] == '{' ? Members(json.Span, inputData) : [];
        }

        if (FrameKeys.All(key => members.Exists(member => member.Name == key)))
        {
            ScoreTable(json, inputData, answer);
            return;
        }

        _arrays.Score(json.Span, NamedArrays(json.Span, inputData, types: null), answer);
    }

    private static byte[] Parsed(string text)
    {
        try
        {
            return PythonJson.Normalize(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (PythonJsonException e)
        {
            throw new ScoringException("json.decoder.JSONDecodeError", e.Message);
        }
    }

    private static Cell Whole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = PythonJson.MaxDepth });
        reader.Read();
        return Cell.Read(ref reader, offset: 0);
    }

    private static List<NamedArray> NamedArrays(ReadOnlySpan<byte> json, Cell value, IReadOnlyDictionary<string, DType>? types)
    {
        var arrays = new List<NamedArray>();
        foreach (var (name, member) in Members(json, value))
        {
            if (types is not null && types.ContainsKey(name))
            {
                RequireList(json, member);
            }

            var array = NestedArray.Read(json, member);
            var type = types is not null && types.TryGetValue(name, out var known) ? known : array.InferredType;
            arrays.Add(new NamedArray(name, array, type));
        }

        return arrays;
    }

    private static List<(string Name, Cell Value)> Members(ReadOnlySpan<byte> json, Cell value)
    {
        if (value.Kind != CellKind.Nested || json[value.Start] != '{')
        {
            throw new ScoringException("ValueError", "input_data is not an object of arrays by name");
        }

        var members = new List<(string Name, Cell Value)>();
        var reader = new Utf8JsonReader(value.Of(json), new JsonReaderOptions { MaxDepth = PythonJson.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Cell.TextAt(ref reader);
            reader.Read();
            members.RemoveAll(member => member.Name == name);
            members.Add((name, Cell.Read(ref reader, value.Start)));
        }

        return members;
    }

    private static void RequireList(ReadOnlySpan<byte> json, Cell value)
    {
        if (value.Kind != CellKind.Nested || json[value.Start] != '[')
        {
            throw new ScoringException("ValueError", "Invalid input format: expected an array of items.");
        }
    }
}
