using System.Buffers;
using System.Globalization;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A data frame as a request brings it, in pandas' <c>split</c> form. Values stay where they stand in the JSON text.</summary>
internal sealed class Frame : IDisposable
{
    private readonly ReadOnlyMemory<byte> _json;
    private Cell[] _names = [];
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
    /// <param name="name">The name in UTF-8.</param>
    /// <returns>Its place, or -1.</returns>
    /// <exception cref="ScoringException">There are two columns of that name.</exception>
    internal int IndexOf(ReadOnlySpan<byte> name)
    {
        if (_names.Length == 0)
        {
            return IndexOfNumber(name);
        }

        var json = Json;
        var found = -1;
        for (var i = 0; i < _names.Length; i++)
        {
            if (IsNamed(_names[i], name, json))
            {
                found = found < 0
                    ? i
                    : throw new ScoringException("AttributeError", $"two columns are named '{NameOf(i)}'");
            }
        }

        return found;
    }

    /// <summary>A column's name, for messages and for columns without a signature.</summary>
    internal string NameOf(int column)
        => _names.Length == 0 ? column.ToString(CultureInfo.InvariantCulture) : _names[column].ToPythonText(Json);

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

    private static bool IsNamed(Cell cell, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
        => cell.Kind == CellKind.EscapedText
            ? System.Text.Encoding.UTF8.GetBytes(cell.ToText(json)).AsSpan().SequenceEqual(name)
            : cell.Of(json).SequenceEqual(name);

    private int IndexOfNumber(ReadOnlySpan<byte> name)
        => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < Columns ? place : -1;

    private void Fill(ReadOnlySpan<byte> text, Cell value)
    {
        Cell? columns = null;
        Cell? data = null;
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
            else if (!IsNamed(name, "index"u8, text))
            {
                throw new ScoringException("ValueError", $"JSON data had unexpected key(s): {name.ToText(text)}");
            }
        }

        if (columns is { Kind: not CellKind.Null } names)
        {
            ReadNames(text, names);
        }

        if (data is { Kind: not CellKind.Null } rows)
        {
            ReadRows(text, rows, columns is { Kind: not CellKind.Null });
        }
    }

    private void ReadNames(ReadOnlySpan<byte> text, Cell list)
    {
        var reader = OpenList(text, list, "columns");
        var names = new List<Cell>(16);
        while (reader.MoveNext())
        {
            names.Add(reader.Read());
        }

        _names = [.. names];
        Columns = _names.Length;
    }

    private void ReadRows(ReadOnlySpan<byte> text, Cell list, bool hasColumns)
    {
        var reader = OpenList(text, list, "data");
        while (reader.MoveNext())
        {
            var before = _count;
            if (reader.IsAtList)
            {
                reader.Enter();
                while (reader.MoveNext())
                {
                    Add(reader.Read());
                }
            }
            else
            {
                // A list of single values is one column.
                Add(reader.Read());
            }

            var width = _count - before;
            if (!hasColumns && Rows == 0)
            {
                Columns = width;
            }

            if (width != Columns)
            {
                throw new ScoringException("ValueError", $"{Columns} columns passed, passed data had {width} columns (row {Rows})");
            }

            Rows++;
        }
    }

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
