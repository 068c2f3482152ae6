using System.Globalization;
using System.Text;

namespace Sluice.Emulator.Scoring;

/// <summary>What a container has written, the newest lines of it. For several threads.</summary>
internal sealed class ContainerLog
{
    private const int MaxLines = 2000;
    private const int MaxLineLength = 4000;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly TimeProvider _time;

    /// <summary>Starts an empty log.</summary>
    internal ContainerLog(TimeProvider time) => _time = time;

    /// <summary>Writes a line about the ordinary course of things.</summary>
    internal void Information(string message) => Write('I', message);

    /// <summary>Writes a line about something that may matter.</summary>
    internal void Warning(string message) => Write('W', message);

    /// <summary>Writes a line about a failure.</summary>
    internal void Error(string message) => Write('E', message);

    /// <summary>All lines that are left, oldest first, each with its line end.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        lock (_lock)
        {
            foreach (var line in _lines)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private void Write(char level, string message)
    {
        var at = _time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture);
        var shortened = message.Length <= MaxLineLength ? message : message[..MaxLineLength] + "...";
        lock (_lock)
        {
            _lines.Enqueue($"{at} {level} azmlinfsrv - {shortened}");
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }
        }
    }
}
