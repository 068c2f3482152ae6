using Cake.Core;
using Cake.Core.Diagnostics;

namespace Sluice.Output;

/// <summary>
/// The engine's log, whose messages may quote what came from elsewhere, such as an error of the service or a gate's sentence: none of them
/// becomes a command of the agent that reads it. A stage that was held or rolled back is no error, whatever the engine says of it.
/// </summary>
/// <param name="console">Where it is written.</param>
/// <param name="run">Says whether a stage was held or rolled back.</param>
internal sealed class DefusedLog(IConsole console, RunState run) : ICakeLog
{
    private readonly CakeBuildLog _log = new(console);

    /// <inheritdoc/>
    public Verbosity Verbosity
    {
        get => _log.Verbosity;
        set => _log.Verbosity = value;
    }

    /// <inheritdoc/>
    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (level != LogLevel.Error || !run.IsStopped)
        {
            _log.Write(verbosity, level, AgentCommands.Defuse(format), [.. args.Select(Defused)]);
        }
    }

    /// <summary>What a format may write in its own way is a number or a time, and no command.</summary>
    private static object Defused(object value) => value is IFormattable ? value : AgentCommands.Defuse($"{value}");
}
