using System.Buffers;
using System.Text;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// A data frame as a request brings it, in pandas' <c>split</c> form. Values stay where they stand in the JSON text; what pandas' reader
/// makes of them on its own is done here: null becomes NaN, and integers have 64 bits.
/// </summary>
internal sealed class Frame : IDisposable
{
    /// <summary>Bytes of an integer, sign and all, that 64 bits hold whatever the digits are.</summary>
    private const int SafeIntegerLength = 18;

    private static readonly Cell Missing = new(CellKind.Nan, Start: 0, Length: 0);

    private readonly ReadOnlyMemory<byte> _json;
    private Cell[] _names = [];
    private string[]? _uniqueNames;
    private Cell[] _cells;
    private int _count;

    private Frame(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _cells = ArrayPool<Cell>.Shared.Rent(64);
    }

    /// <summary>The text that the cells point into.</summary>
    internal ReadOnlySpan<byte> Json => _json.Span;

    /// <summary>The number of rows.</summary>
    internal int Rows { get; private set; }

    /// <summary>The number of columns.</summary>
    internal int Columns { get; private set; }

    /// <summary>The value of a row and a column.</summary>
    internal Cell this[int row, int column] => _cells[row * Columns + column];

    /// <summary>Reads an object with <c>columns</c>, <c>data</c> and, optionally, <c>index</c>.</summary>
    /// <param name="json">The text, which was read as JSON before.</param>
    /// <param name="value">Where in it the object stands.</param>
    /// <exception cref="ScoringException">The value is something else: pandas refuses it.</exception>
    internal static Frame Read(ReadOnlyMemory<byte> json, Cell value)
    {
        var text = json.Span;
        if (value.Kind != CellKind.Nested || text[value.Start] != '{')
        {
            throw new ScoringException("ValueError", "input_data is not an object with the keys columns, data and, optionally, index");
        }

        var frame = new Frame(json);
        try
        {
            frame.Fill(text, value);
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    /// <summary>Whether the frame has exactly these columns in this order, as most requests have.</summary>
    /// <param name="names">The names in UTF-8.</param>
    internal bool HasExactly(ReadOnlySpan<byte[]> names)
    {
        if (_names.Length != names.Length)
        {
            return false;
        }

        var json = Json;
        for (var i = 0; i < names.Length; i++)
        {
            if (!IsNamed(_names[i], names[i], json))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds a column by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Its place, or -1.</returns>
    internal int IndexOf(string name) => Array.IndexOf(UniqueNames, name);

    /// <summary>A column's name, for messages and for columns without a signature.</summary>
    internal string NameOf(int column) => UniqueNames[column];

    /// <summary>The type that pandas gives to a column on its own.</summary>
    internal DType InferredType(int column)
    {
        var inference = default(TypeInference);
        for (var row = 0; row < Rows; row++)
        {
            inference.Add(this[row, column].Kind);
        }

        return inference.Column;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var cells = Interlocked.Exchange(ref _cells, []);
        if (cells.Length > 0)
        {
            ArrayPool<Cell>.Shared.Return(cells);
        }
    }

    /// <summary>
    /// The names as pandas makes them differ (<c>dedup_names</c>): of those that are equal the first stays, the next gets <c>.1</c>, and so on.
    /// </summary>
    private string[] UniqueNames => _uniqueNames ??= MakeUnique([.. _names.Select(name => name.ToPythonText(Json))]);

    private static string[] MakeUnique(string[] names)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            for (var count = counts.GetValueOrDefault(name); count > 0; count = counts.GetValueOrDefault(name))
            {
                counts[name] = count + 1;
                name = $"{name}.{count}";
            }

            names[i] = name;
            counts[name] = 1;
        }

        return names;
    }

    private static bool IsNamed(Cell cell, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
        => cell.Kind == CellKind.EscapedText
            ? Encoding.UTF8.GetBytes(cell.ToText(json)).AsSpan().SequenceEqual(name)
            : cell.Of(json).SequenceEqual(name);

    private void Fill(ReadOnlySpan<byte> text, Cell value)
    {
        Cell? columns = null;
        var data = new Cell(CellKind.Null, Start: 0, Length: 0);
        var index = data;
        var reader = new CheckedJson(text, value);
        while (reader.MoveNext())
        {
            var name = reader.Read();
            reader.MoveNext();
            var member = reader.Read();
            if (IsNamed(name, "columns"u8, text))
            {
                columns = member;
            }
            else if (IsNamed(name, "data"u8, text))
            {
                data = member;
            }
            else if (IsNamed(name, "index"u8, text))
            {
                index = member;
            }
            else
            {
                throw new ScoringException("ValueError", $"JSON data had unexpected key(s): {name.ToText(text)}");
            }
        }

        ReadNames(text, columns ?? throw new ScoringException("KeyError", "'columns'"));
        if (data.Kind != CellKind.Null)
        {
            ReadRows(text, data);
        }

        if (index.Kind != CellKind.Null)
        {
            CheckIndex(text, index);
        }
    }

    private void ReadNames(ReadOnlySpan<byte> text, Cell list)
    {
        var reader = OpenList(text, list, "columns");
        var names = new List<Cell>(16);
        while (reader.MoveNext())
        {
            names.Add(Checked(reader.Read(), text));
        }

        _names = [.. names];
        Columns = _names.Length;
    }

    private void ReadRows(ReadOnlySpan<byte> text, Cell list)
    {
        var reader = OpenList(text, list, "data");
        bool? hasRecords = null;
        while (reader.MoveNext())
        {
            var before = _count;
            hasRecords ??= reader.IsAtObject;
            if (reader.IsAtObject != hasRecords)
            {
                throw new ScoringException("TypeError", $"row {Rows} of 'data' is of another form than the first one");
            }

            if (reader.IsAtList)
            {
                reader.Enter();
                while (reader.MoveNext())
                {
                    Add(Checked(reader.Read(), text));
                }
            }
            else if (reader.IsAtObject)
            {
                reader.Enter();
                ReadRecord(text, ref reader);
            }
            else
            {
                // A list of single values is one column.
                Add(Checked(reader.Read(), text));
            }

            var width = _count - before;
            if (width != Columns)
            {
                throw new ScoringException("ValueError", $"{Columns} columns passed, passed data had {width} columns (row {Rows})");
            }

            Rows++;
        }
    }

    /// <summary>Reads a row that says its columns itself: what is missing in it is NaN, and what is no column is dropped.</summary>
    private void ReadRecord(ReadOnlySpan<byte> text, ref CheckedJson reader)
    {
        var first = _count;
        for (var i = 0; i < Columns; i++)
        {
            Add(Missing);
        }

        while (reader.MoveNext())
        {
            var name = reader.Read();
            reader.MoveNext();
            var value = Checked(reader.Read(), text);
            if (IndexOf(name.ToText(text)) is >= 0 and var column)
            {
                _cells[first + column] = value;
            }
        }
    }

    private void CheckIndex(ReadOnlySpan<byte> text, Cell list)
    {
        var reader = OpenList(text, list, "index");
        var count = 0;
        while (reader.MoveNext())
        {
            Checked(reader.Read(), text);
            count++;
        }

        if (count != Rows)
        {
            throw new ScoringException(
                "ValueError", $"Shape of passed values is ({Rows}, {Columns}), indices imply ({count}, {Columns})");
        }
    }

    /// <summary>A value as pandas' own JSON reader takes it.</summary>
    /// <exception cref="ScoringException">It is an integer that 64 bits do not hold.</exception>
    private static Cell Checked(Cell cell, ReadOnlySpan<byte> text) => cell.Kind switch
    {
        CellKind.Null => cell with { Kind = CellKind.Nan },
        CellKind.Integer when cell.Length > SafeIntegerLength && !PythonFloat.FitsIn64Bits(cell.Of(text)) =>
            throw new ScoringException("ValueError", text[cell.Start] == '-' ? "Value is too small" : "Value is too big!"),
        _ => cell,
    };

    private static CheckedJson OpenList(ReadOnlySpan<byte> text, Cell list, string key)
    {
        if (list.Kind != CellKind.Nested || text[list.Start] != '[')
        {
            throw new ScoringException("ValueError", $"'{key}' is not a list");
        }

        return new CheckedJson(text, list);
    }

    private void Add(Cell cell)
    {
        if (_count == _cells.Length)
        {
            var larger = ArrayPool<Cell>.Shared.Rent(_cells.Length * 2);
            _cells.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<Cell>.Shared.Return(_cells);
            _cells = larger;
        }

        _cells[_count++] = cell;
    }
}
