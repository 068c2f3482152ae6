using Sluice.Load;
using Sluice.Output.Agents;
using Spectre.Console;

namespace Sluice.Output;

/// <summary>Chooses how a run is shown.</summary>
internal static class Screens
{
    /// <summary>Whether a person sees standard output at a terminal that can draw in place.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected && AnsiConsole.Console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Live at a terminal; lines where output goes to a file, a pipe or a pipeline's log.</summary>
    public static IScreen ForStandardOutput(LoadStatistics load, TimeProvider time, IPipelineAgent? agent) =>
        IsTerminal
            ? new TerminalScreen(AnsiConsole.Console, load, time, TimeProvider.System)
            : new PlainScreen(Console.Out, time, agent);
}
