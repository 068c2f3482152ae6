using System.Text.Json;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A numpy array as a request brings it: lists in lists, all of one length at each level.</summary>
/// <param name="Shape">The dimensions.</param>
/// <param name="Cells">The values, row-major.</param>
internal sealed record NestedArray(IReadOnlyList<int> Shape, IReadOnlyList<Cell> Cells)
{
    /// <summary>Reads an array.</summary>
    /// <param name="json">The text.</param>
    /// <param name="value">Where in it the outermost list, or a single value, stands.</param>
    /// <exception cref="ScoringException">The lists are ragged, or hold an object.</exception>
    internal static NestedArray Read(ReadOnlySpan<byte> json, Cell value)
    {
        var cells = new List<Cell>();
        var shape = new List<int>();
        var depth = 0;
        var leafDepth = -1;
        var counts = new Stack<int>();
        var reader = new Utf8JsonReader(value.Kind is CellKind.Text or CellKind.EscapedText
            ? json.Slice(value.Start - 1, value.Length + 2)
            : value.Of(json));
        var offset = value.Kind is CellKind.Text or CellKind.EscapedText ? value.Start - 1 : value.Start;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    Count(counts);
                    counts.Push(0);
                    depth++;
                    break;
                case JsonTokenType.EndArray:
                    depth--;
                    Close(shape, depth, counts.Pop());
                    break;
                case JsonTokenType.StartObject:
                    throw new ScoringException("TypeError", "an array holds lists and single values, not objects");
                default:
                    Count(counts);
                    if (leafDepth >= 0 && leafDepth != depth)
                    {
                        throw Ragged();
                    }

                    leafDepth = depth;
                    cells.Add(Cell.Read(ref reader, offset));
                    break;
            }
        }

        return shape.Count == leafDepth || (cells.Count == 0 && shape.Contains(0)) ? new NestedArray(shape, cells) : throw Ragged();
    }

    /// <summary>The type that numpy gives to the array on its own.</summary>
    internal DType InferredType
    {
        get
        {
            var inference = default(TypeInference);
            foreach (var cell in Cells)
            {
                inference.Add(cell.Kind);
            }

            return inference.Array;
        }
    }

    private static void Count(Stack<int> counts)
    {
        if (counts.TryPop(out var count))
        {
            counts.Push(count + 1);
        }
    }

    private static void Close(List<int> shape, int level, int count)
    {
        while (shape.Count <= level)
        {
            shape.Add(-1);
        }

        if (shape[level] >= 0 && shape[level] != count)
        {
            throw Ragged();
        }

        shape[level] = count;
    }

    private static ScoringException Ragged() => new(
        "ValueError", "setting an array element with a sequence. The requested array has an inhomogeneous shape");
}
