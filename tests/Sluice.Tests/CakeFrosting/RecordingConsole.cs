using System.Globalization;
using System.Text;
using Cake.Core;

namespace Sluice.Tests.CakeFrosting;

/// <summary>A console that keeps what is written to it, standard output and standard error apart.</summary>
internal sealed class RecordingConsole : IConsole
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => _output.AppendFormat(CultureInfo.InvariantCulture, format, arg);

    public void WriteLine(string format, params object[] arg)
    {
        Write(format, arg);
        _output.Append('\n');
    }

    public void WriteError(string format, params object[] arg) => _error.AppendFormat(CultureInfo.InvariantCulture, format, arg);

    public void WriteErrorLine(string format, params object[] arg)
    {
        WriteError(format, arg);
        _error.Append('\n');
    }

    public void ResetColor()
    {
    }
}
