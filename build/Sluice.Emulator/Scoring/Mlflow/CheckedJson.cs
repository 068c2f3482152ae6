namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// Goes over the values of a JSON text that a strict reader has been over before. It looks for where values end and checks nothing, which
/// makes it several times as fast: of a batch of rows most of the time would go into checking each number once more.
/// </summary>
internal ref struct CheckedJson
{
    private readonly ReadOnlySpan<byte> _json;
    private int _at;

    /// <summary>Enters a list or an object.</summary>
    /// <param name="json">The whole text.</param>
    /// <param name="nested">Where the list or object stands.</param>
    internal CheckedJson(ReadOnlySpan<byte> json, Cell nested)
    {
        _json = json[..(nested.Start + nested.Length)];
        _at = nested.Start + 1;
    }

    /// <summary>Whether the next value is a list.</summary>
    internal readonly bool IsAtList => _json[_at] == '[';

    /// <summary>Whether the next value is an object.</summary>
    internal readonly bool IsAtObject => _json[_at] == '{';

    /// <summary>Goes on to the next item, or to the next member's name; false at the end, which is stepped over.</summary>
    internal bool MoveNext()
    {
        while (true)
        {
            switch (_json[_at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)':':
                    _at++;
                    break;
                case (byte)']' or (byte)'}':
                    _at++;
                    return false;
                default:
                    return true;
            }
        }
    }

    /// <summary>Enters the list or object that stands here.</summary>
    internal void Enter() => _at++;

    /// <summary>The value that stands here; it is stepped over.</summary>
    internal Cell Read()
    {
        var start = _at;
        switch (_json[start])
        {
            case (byte)'"':
                return ReadText(start);
            case (byte)'[' or (byte)'{':
                SkipNested();
                return new Cell(CellKind.Nested, start, _at - start);
            case (byte)'t':
                _at += 4;
                return new Cell(CellKind.True, start, 4);
            case (byte)'f':
                _at += 5;
                return new Cell(CellKind.False, start, 5);
            case (byte)'n':
                _at += 4;
                return new Cell(CellKind.Null, start, 4);
            default:
                return ReadNumber(start);
        }
    }

    private Cell ReadNumber(int start)
    {
        var kind = CellKind.Integer;
        var at = start + 1;
        for (; at < _json.Length; at++)
        {
            var letter = _json[at];
            if (letter is >= (byte)'0' and <= (byte)'9')
            {
                continue;
            }

            if (letter is not ((byte)'.' or (byte)'e' or (byte)'E' or (byte)'+' or (byte)'-'))
            {
                break;
            }

            kind = CellKind.Float;
        }

        _at = at;
        return new Cell(kind, start, at - start);
    }

    private Cell ReadText(int quote)
    {
        var kind = CellKind.Text;
        var at = quote + 1;
        while (true)
        {
            at += _json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (_json[at] == '"')
            {
                _at = at + 1;
                return new Cell(kind, quote + 1, at - quote - 1);
            }

            kind = CellKind.EscapedText;
            at += 2;
        }
    }

    private void SkipNested()
    {
        var depth = 0;
        do
        {
            _at += _json[_at..].IndexOfAny("\"[]{}"u8);
            switch (_json[_at])
            {
                case (byte)'"':
                    ReadText(_at);
                    break;
                case (byte)'[' or (byte)'{':
                    depth++;
                    _at++;
                    break;
                default:
                    depth--;
                    _at++;
                    break;
            }
        }
        while (depth > 0);
    }
}
