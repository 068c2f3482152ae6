using System.Text;
using Microsoft.Extensions.ObjectPool;
using Sluice.Emulator.Scoring.Onnx;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// Scores data frames as MLflow's onnx flavour does: a graph with several inputs gets a vector a column, a graph with one the whole
/// frame as a matrix; the outputs, each made flat, become the columns of the answer, a list of records.
/// </summary>
internal sealed class TableScoring : IDisposable
{
    private readonly OnnxGraph _graph;
    private readonly IReadOnlyDictionary<string, DType> _sampleTypes;
    private readonly Column[]? _columns;
    private readonly byte[][] _names;
    private readonly byte[][] _outputKeys;
    private readonly ObjectPool<KeptFeed>? _singleRows;
    private readonly ObjectPool<KeptFeed>? _batches;

    /// <summary>Prepares for a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="schema">The signature's columns; null when there is no signature, or one of tensors.</param>
    /// <param name="sampleTypes">The sample's types; null when the sample is no data frame.</param>
    internal TableScoring(OnnxGraph graph, InputSchema.Columns? schema, IReadOnlyDictionary<string, DType>? sampleTypes)
    {
        _graph = graph;
        _sampleTypes = sampleTypes ?? new Dictionary<string, DType>();
        _columns = schema?.Specs.Select(spec => ColumnOf(spec.Name, spec)).ToArray();
        _names = [.. (_columns ?? []).Select(column => Encoding.UTF8.GetBytes(column.Name))];
        _outputKeys = [.. graph.Outputs.Select(KeyOf)];
        if (_columns is not null)
        {
            // Two, so that a batch in between does not take a single row's memory.
            var policy = new FeedPolicy(rows => new OnnxFeed(graph, Shapes(rows, _columns.Length)));
            _singleRows = new DefaultObjectPoolProvider().Create(policy);
            _batches = new DefaultObjectPoolProvider().Create(policy);
        }
    }

    /// <summary>Scores a frame.</summary>
    /// <exception cref="ScoringException">The frame does not fit the sample, the signature or the graph.</exception>
    internal void Score(Frame frame, PooledBuffer answer)
    {
        if (_columns is null)
        {
            var columns = _graph.Inputs.Count > 1
                ? _graph.Inputs.Select(input => ColumnOf(input.Name, spec: null)).ToArray()
                : [.. Enumerable.Range(0, frame.Columns).Select(i => ColumnOf(frame.NameOf(i), spec: null))];
            ScoreOnce(frame, columns, Places(frame, columns), answer);
        }
        else if (frame.Rows == 1 && frame.HasExactly(_names))
        {
            ScoreSingleRow(frame, _columns, answer);
        }
        else
        {
            ScoreKept(_batches!, frame, _columns, Places(frame, _columns), answer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_singleRows as IDisposable)?.Dispose();
        (_batches as IDisposable)?.Dispose();
    }

    /// <summary>MLflow's complaint about missing inputs.</summary>
    internal static ScoringException Missing(IReadOnlyList<string> missing, IReadOnlyList<string> extra)
    {
        var note = extra.Count > 0 ? $" Note that there were extra inputs: {List(extra)}" : "";
        return ScoringException.Mlflow($"Model is missing inputs {List(missing)}.{note}");

        static string List(IReadOnlyList<string> names) => $"[{string.Join(", ", names.Select(name => $"'{name}'"))}]";
    }

    /// <summary>Fails as OnnxRuntime does when values of a type are fed to an input of another one.</summary>
    internal static void RequireTaken(OnnxPort input, DType type)
    {
        if (!InputTensor.Takes(input.Type, type))
        {
            throw new ScoringException(
                "onnxruntime.InvalidArgument",
                $"Unexpected input data type for '{input.Name}'. Actual: {SignatureEnforcement.NameOf(type)} , expected: "
                + $"({input.TypeName})");
        }
    }

    private static byte[] KeyOf(OnnxPort output)
    {
        using var buffer = new PooledBuffer(64);
        new PythonJsonWriter(buffer).Key(output.Name);
        return buffer.Span.ToArray();
    }

    private Column ColumnOf(string? name, ColumnSpec? spec)
    {
        var input = -1;
        for (var i = 0; i < _graph.Inputs.Count; i++)
        {
            input = _graph.Inputs[i].Name == name ? i : input;
        }

        return new Column(
            name ?? "", spec, input,
            name is not null && _sampleTypes.TryGetValue(name, out var type) ? type : null);
    }

    private List<long[]> Shapes(int rows, int columns)
        => _graph.Inputs.Count > 1 ? [.. _graph.Inputs.Select(_ => new long[] { rows })] : [[rows, columns]];

    private void ScoreSingleRow(Frame frame, Column[] columns, PooledBuffer answer)
    {
        Span<int> places = stackalloc int[64];
        places = columns.Length <= places.Length ? places[..columns.Length] : new int[columns.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        ScoreKept(_singleRows!, frame, columns, places, answer);
    }

    private void ScoreKept(ObjectPool<KeptFeed> feeds, Frame frame, Column[] columns, ReadOnlySpan<int> places, PooledBuffer answer)
    {
        var feed = feeds.Get();
        try
        {
            Score(frame, columns, places, feed.For(frame.Rows), answer);
        }
        catch
        {
            feed.Dispose();
            throw;
        }

        feeds.Return(feed);
    }

    private void ScoreOnce(Frame frame, Column[] columns, int[] places, PooledBuffer answer)
    {
        using var feed = new OnnxFeed(_graph, Shapes(frame.Rows, columns.Length));
        Score(frame, columns, places, feed, answer);
    }

    private void Score(Frame frame, Column[] columns, ReadOnlySpan<int> places, OnnxFeed feed, PooledBuffer answer)
    {
        if (_graph.Inputs.Count > 1)
        {
            FillVectors(frame, columns, places, feed);
        }
        else
        {
            FillMatrix(frame, columns, places, feed);
        }

        feed.Run();
        Write(feed, answer);
    }

    /// <summary>Finds each column in the frame. Columns that the signature does not name are dropped.</summary>
    private static int[] Places(Frame frame, Column[] columns)
    {
        var places = new int[columns.Length];
        List<string> missing = [];
        for (var i = 0; i < columns.Length; i++)
        {
            // Columns without names are matched by their place.
            places[i] = columns[i].Spec is { Name: null } ? (i < frame.Columns ? i : -1) : frame.IndexOf(columns[i].Name);
            if (places[i] < 0 && columns[i].Spec is not { Required: false })
            {
                missing.Add(columns[i].Spec is null ? throw new ScoringException("KeyError", $"'{columns[i].Name}'") : columns[i].Name);
            }
        }

        if (missing.Count > 0)
        {
            var extra = Enumerable.Range(0, frame.Columns).Except(places).Select(frame.NameOf).ToList();
            throw Missing(missing, extra);
        }

        return places;
    }

    private void FillVectors(Frame frame, Column[] columns, ReadOnlySpan<int> places, OnnxFeed feed)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            if (places[i] < 0)
            {
                if (column.Input >= 0)
                {
                    throw new ScoringException("KeyError", $"'{column.Name}'");
                }

                continue;
            }

            var typed = TypesOf(frame, column, places[i]);
            if (column.Input >= 0)
            {
                RequireTaken(_graph.Inputs[column.Input], typed.Final);
                Fill(frame, column, places[i], typed, feed.Inputs[column.Input], first: 0, stride: 1);
            }
            else
            {
                Fill(frame, column, places[i], typed, tensor: null, first: 0, stride: 1);
            }
        }
    }

    private void FillMatrix(Frame frame, Column[] columns, ReadOnlySpan<int> places, OnnxFeed feed)
    {
        var types = new Typed[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            types[i] = places[i] >= 0
                ? TypesOf(frame, columns[i], places[i])
                : throw new ScoringException("KeyError", $"'{columns[i].Name}'");
        }

        var common = CommonType.Of(types.Select(typed => typed.Final));
        RequireTaken(_graph.Inputs[0], common);
        for (var i = 0; i < columns.Length; i++)
        {
            var typed = types[i] with { Final = common };
            Fill(frame, columns[i], places[i], typed, feed.Inputs[0], first: i, stride: columns.Length);
        }
    }

    private Typed TypesOf(Frame frame, Column column, int place)
    {
        // Without names in the signature it is the frame's own name of the column that the sample is asked for.
        var sampleType = column.SampleType;
        if (column.Spec is { Name: null } && _sampleTypes.TryGetValue(frame.NameOf(place), out var known))
        {
            sampleType = known;
        }

        // A column that the sample does not know stays an object, of which MLflow infers the type when the signature wants a number.
        var cast = sampleType ?? DType.Object;
        if (cast == DType.Object && (column.Spec is null ? sampleType is null : column.Spec.DType != DType.Object))
        {
            cast = frame.InferredType(place);
        }

        var zeroOrOne = false;
        var final = column.Spec is null ? cast : SignatureEnforcement.Widen(column.Name, cast, column.Spec, out zeroOrOne);

        // What is no date is refused while it is cast, by the sample's type or, where that is object, by MLflow.
        return new Typed(final == DType.DateTime ? final : cast, final, zeroOrOne);
    }

    private static void Fill(Frame frame, Column column, int place, Typed typed, InputTensor? tensor, int first, int stride)
    {
        var json = frame.Json;

        // Whole numbers are most of what there is in most tables, and where nothing has to be converted they need no detour.
        var integers = typed is { Cast: DType.Int64, Final: DType.Int64, ZeroOrOne: false } && tensor is not null ? tensor.Integers : default;
        for (var row = 0; row < frame.Rows; row++)
        {
            var at = first + row * stride;
            if (!integers.IsEmpty
                && frame[row, place] is { Kind: CellKind.Integer } cell
                && PythonFloat.TryParseJsonInteger(cell.Of(json), out integers[at]))
            {
                continue;
            }

            var value = Scalar.Cast(frame[row, place], json, typed.Cast);
            if (typed.ZeroOrOne)
            {
                SignatureEnforcement.RequireZeroOrOne(column.Name, value, typed.Final);
            }

            tensor?.Store(at, value.As(typed.Final), json);
        }
    }

    private void Write(OnnxFeed feed, PooledBuffer answer)
    {
        var outputs = feed.Outputs;
        var rows = outputs[0].Count;
        foreach (var output in outputs)
        {
            if (output.Count != rows)
            {
                throw new ScoringException("ValueError", "All arrays must be of the same length");
            }
        }

        var writer = new PythonJsonWriter(answer);
        writer.Raw("["u8);
        for (var row = 0; row < rows; row++)
        {
            writer.Raw(row == 0 ? "{"u8 : ", {"u8);
            for (var i = 0; i < outputs.Length; i++)
            {
                if (i > 0)
                {
                    writer.Separator();
                }

                writer.Raw(_outputKeys[i]);
                outputs[i].Write(row, writer);
            }

            writer.Raw("}"u8);
        }

        writer.Raw("]"u8);
    }

    private sealed record Column(string Name, ColumnSpec? Spec, int Input, DType? SampleType);

    private readonly record struct Typed(DType Cast, DType Final, bool ZeroOrOne);

    /// <summary>The memory of the last run, for the next one of as many rows: who sends batches sends most of them in one size.</summary>
    private sealed class KeptFeed(Func<int, OnnxFeed> create) : IDisposable
    {
        private OnnxFeed? _feed;

        internal int Rows { get; private set; }

        internal OnnxFeed For(int rows)
        {
            if (_feed is null || Rows != rows)
            {
                Dispose();
                (_feed, Rows) = (create(rows), rows);
            }

            return _feed;
        }

        public void Dispose()
        {
            _feed?.Dispose();
            _feed = null;
        }
    }

    private sealed class FeedPolicy(Func<int, OnnxFeed> create) : PooledObjectPolicy<KeptFeed>
    {
        /// <summary>What is larger is not kept: its memory is worth more than the part of a run that making it anew takes.</summary>
        private const int MostRows = 10_000;

        public override KeptFeed Create() => new(create);

        public override bool Return(KeptFeed obj) => obj.Rows <= MostRows;
    }
}
