using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Faults;

/// <summary>
/// A model's answer as JSON, row by row: a list with an item a row, an object with lists of that length, as MLflow's models give them, or a
/// single value. What is not changed is written as it was read.
/// </summary>
internal sealed class AnswerRows
{
    private readonly JsonNode _root;
    private readonly IReadOnlyList<JsonArray> _columns;
    private readonly bool _isWrapped;

    private AnswerRows(JsonNode root, IReadOnlyList<JsonArray> columns, bool isWrapped) =>
        (_root, _columns, _isWrapped) = (root, columns, isWrapped);

    /// <summary>The number of rows.</summary>
    public int Count => _columns[0].Count;

    /// <summary>Whether a row is answered something else than was read.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Takes an answer apart; null when it is no JSON, or has no rows that could be told apart.</summary>
    public static AnswerRows? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var root = JsonNode.Parse(json);
            Unfold(root);
            switch (root)
            {
                case JsonArray list:
                    return new AnswerRows(list, [list], isWrapped: false);
                case JsonObject named when named.Select(member => member.Value).OfType<JsonArray>().ToList() is [var first, ..] columns:
                    return columns.TrueForAll(column => column.Count == first.Count) ? new AnswerRows(named, columns, isWrapped: false) : null;
                case { } single:
                    var wrapper = new JsonArray(single);
                    return new AnswerRows(wrapper, [wrapper], isWrapped: true);
                default:
                    return null;
            }
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException)
        {
            // No JSON, as Python's NaN; a member that comes twice; half a surrogate pair in a name.
            return null;
        }
    }

    /// <summary>Puts something else in the place of what a row was answered, in each of its columns.</summary>
    public void Change(int row, Func<JsonNode?, JsonNode?> change)
    {
        foreach (var column in _columns)
        {
            var changed = change(column[row]?.DeepClone());
            HasChanged |= !JsonNode.DeepEquals(column[row], changed);
            column[row] = changed;
        }
    }

    /// <summary>Writes the answer as Python does.</summary>
    public void Write(PooledBuffer answer) => Write(_isWrapped ? _root[0] : _root, new PythonJsonWriter(answer));

    /// <summary>Members are made when they are asked for, and what is wrong with their names is told then.</summary>
    private static void Unfold(JsonNode? node)
    {
        foreach (var inner in node switch
        {
            JsonArray list => list,
            JsonObject named => named.Select(member => member.Value),
            _ => [],
        })
        {
            Unfold(inner);
        }
    }

    private static void Write(JsonNode? node, PythonJsonWriter writer)
    {
        switch (node)
        {
            case null:
                writer.Raw("null"u8);
                break;
            case JsonArray list:
                writer.Raw("["u8);
                for (var i = 0; i < list.Count; i++)
                {
                    writer.Raw(i == 0 ? ""u8 : ", "u8);
                    Write(list[i], writer);
                }

                writer.Raw("]"u8);
                break;
            case JsonObject named:
                writer.Raw("{"u8);
                var isFirst = true;
                foreach (var (name, value) in named)
                {
                    writer.Raw(isFirst ? ""u8 : ", "u8);
                    writer.Key(name);
                    Write(value, writer);
                    isFirst = false;
                }

                writer.Raw("}"u8);
                break;
            default:
                writer.Raw(Encoding.UTF8.GetBytes(node.GetValue<JsonElement>().GetRawText()));
                break;
        }
    }
}
