namespace Sluice.Emulator.Scoring.Python;

/// <summary>A text is not JSON, or not for Python.</summary>
internal sealed class PythonJsonException : Exception
{
    private PythonJsonException(string message, bool isDecodeError)
        : base(message) => IsDecodeError = isDecodeError;

    /// <summary>
    /// True for Python's JSONDecodeError, which a server expects and reports; false for a UnicodeDecodeError or a RecursionError,
    /// which it does not.
    /// </summary>
    internal bool IsDecodeError { get; }

    /// <summary>Python's JSONDecodeError.</summary>
    /// <param name="problem">What is wrong, for example <c>Expecting value</c>.</param>
    /// <param name="text">The whole text, in code points.</param>
    /// <param name="position">Where, counted in code points from 0.</param>
    internal static PythonJsonException At(string problem, ReadOnlySpan<int> text, int position)
    {
        var before = text[..position];
        var line = before.Count('\n') + 1;
        var column = position - before.LastIndexOf('\n');
        return new PythonJsonException($"{problem}: line {line} column {column} (char {position})", isDecodeError: true);
    }

    /// <summary>Python's UnicodeDecodeError or RecursionError.</summary>
    internal static PythonJsonException Crash(string message) => new(message, isDecodeError: false);
}
