using System.Text;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Sluice.CommandLine;
using Sluice.Output;
using Sluice.Rollouts.Ports;

namespace Sluice;

/// <summary>
/// What stands in front of the Cake host: the command line and the configuration are judged as a whole before anything runs, signals
/// become a cancellation, and each outcome gets its own exit code. It holds with the official host, too.
/// </summary>
internal static class Program
{
    private static readonly string Command = OperatingSystem.IsWindows() ? "./build.ps1" : "./build.sh";

    private static int Main(string[] words)
    {
        if (Console.IsOutputRedirected && Console.IsErrorRedirected && Environment.GetEnvironmentVariable("CI") is null)
        {
            // Cake colours whatever it writes. Agents show that; a file would only be harder to read.
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
        }

        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var targets = TargetInfo.Of(typeof(Program).Assembly);
        var line = CommandLineReader.Read(words, targets, Environment.GetEnvironmentVariable);
        if (line.Given.Flag(Arguments.Help) && line.Mistakes.IsEmpty)
        {
            WriteLines(Console.Out, line.Given.Text(Arguments.Target) is null
                ? HelpText.OfProgram(Command, targets)
                : HelpText.OfTarget(Command, targets.Single(target => target.Name == line.Target)));
            return ExitCode.Done;
        }

        var mistakes = line.Mistakes.ToList();
        var parameters = mistakes.Count > 0
            ? null
            : new ParametersReader(Command, CheckoutFolder()).Read(line, mistakes.Add, note => Console.Error.WriteLine($"Note: {note}"));
        if (parameters is null)
        {
            WriteLines(Console.Error, mistakes.Select(mistake => $"Error: {AgentCommands.Defuse(mistake)}"));
            Console.Error.WriteLine($"Nothing was called. See {Command} --help, and README.md.");
            return ExitCode.Mistaken;
        }

        return Run(line, parameters);
    }

    private static int Run(CommandLineReading line, Parameters parameters)
    {
        using var cancellation = new Cancellation();
        var run = new RunState(Console.Out, AgentMask.Of(Environment.GetEnvironmentVariable, Console.Error), cancellation.Token);
        var hostCode = new CakeHost()
            .ConfigureServices(services => services.AddSingleton(parameters).AddSingleton(run))
            .UseContext<RolloutContext>()
            .UseLifetime<RolloutLifetime>()
            .Run(ParametersReader.ToHost(line, parameters));
        if (ExitCode.Cause(run.Error) is WorkspaceCallException { ContainerLog: { } log })
        {
            Console.Error.WriteLine($"The log of the deployment's container:\n    | {AgentCommands.Defuse(log)}");
        }

        var code = ExitCode.Of(hostCode, run.Error, cancellation.Signal);
        if (run.Session is { } session)
        {
            WriteLines(Console.Out, session.Summarize().Lines().Prepend(""));
        }
        else if (code == ExitCode.Failed)
        {
            WriteLines(Console.Error, FailureText.Lines(parameters, ExitCode.Cause(run.Error)));
        }

        WriteLines(Console.Out, run.LastLines);
        return code == ExitCode.Done ? run.GoodEnd : code;
    }

    /// <summary>The start script says where the checkout is; without it, the folder above that holds the solution.</summary>
    private static string CheckoutFolder()
    {
        if (Environment.GetEnvironmentVariable("SLUICE_ROOT") is { Length: > 0 } root)
        {
            return root;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }

    private static void WriteLines(TextWriter writer, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }
    }
}
