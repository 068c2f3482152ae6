using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Sluice.CommandLine;
using Sluice.Output;
using Sluice.Output.Agents;
using Sluice.Rollouts.Ports;
using Sluice.Sessions;

namespace Sluice;

/// <summary>
/// What stands in front of the Cake host: the command line and the configuration are judged as a whole before anything runs, signals
/// become a cancellation, and each outcome gets its own exit code. It holds with the official host, too.
/// </summary>
internal static class Program
{
    /// <summary>Where the start script says that it lies.</summary>
    private static readonly string? ScriptFolder = Environment.GetEnvironmentVariable(StartScript.FolderVariable) is { Length: > 0 } root ? root : null;

    private static readonly string Command = StartScript.CommandFrom(ScriptFolder, Environment.CurrentDirectory, OperatingSystem.IsWindows());

    private static int Main(string[] words)
    {
        if (words is ["--version"])
        {
            // Asked alone, it can't be mistaken: what reads a line, and the host, would only cost their start.
            Console.Out.WriteLine(Version());
            return ExitCode.Done;
        }

        if (Console.IsOutputRedirected && Console.IsErrorRedirected && Environment.GetEnvironmentVariable("CI") is null)
        {
            // Cake colours whatever it writes. Agents show that; a file would only be harder to read.
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
        }

        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var targets = TargetInfo.All;
        var line = CommandLineReader.Read(words, targets, Environment.GetEnvironmentVariable);
        if (line.Given.Flag(Arguments.Help) && line.Mistakes.IsEmpty)
        {
            WriteLines(Console.Out, line.Given.Text(Arguments.Target) is null
                ? HelpText.OfProgram(Command, targets)
                : HelpText.OfTarget(Command, targets.Single(target => target.Name == line.Target)));
            return ExitCode.Done;
        }

        var agent = PipelineAgents.OfThisProcess(Console.Out, Console.Error);
        foreach (var note in StrayVariables.Notes(VariablesThatAreSet(), line.Target))
        {
            Note(agent, new(note));
        }

        if (WorkingFolder.Enter(line.Given) is { } mistake)
        {
            line = line with { Mistakes = line.Mistakes.Add(mistake) };
        }

        var mistakes = line.Mistakes.Select(mistake => new Annotation(mistake)).ToList();
        var parameters = new ParametersReader(Command, CheckoutFolder()).Read(line, mistakes.Add, note => Note(agent, note));
        return parameters is null ? Refuse(agent, line.Target, mistakes) : Run(agent, line, parameters);
    }

    /// <summary>The program's version, as the host says it: without the commit that a build may add.</summary>
    private static string Version() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static IEnumerable<string> VariablesThatAreSet() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(variable => variable.Value is string { Length: > 0 })
        .Select(variable => (string)variable.Key);

    private static void Note(IPipelineAgent? agent, Annotation note)
    {
        if (agent is null)
        {
            Console.Error.WriteLine($"Note: {note}");
        }
        else
        {
            agent.Warning(note);
        }
    }

    private static int Refuse(IPipelineAgent? agent, string target, IReadOnlyCollection<Annotation> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            if (agent is null)
            {
                Console.Error.WriteLine($"Error: {AgentCommands.Defuse(mistake.Message)}");
            }
            else
            {
                agent.Error(mistake);
            }
        }

        Console.Error.WriteLine($"Nothing was called. See {Command} --help, and README.md.");
        new RunHandover(agent, Console.Error).WriteRefused(CheckoutFolder(), target, mistakes);
        return ExitCode.Mistaken;
    }

    private static int Run(IPipelineAgent? agent, CommandLineReading line, Parameters parameters)
    {
        if (parameters.Spec is not null)
        {
            MachineAuthorities.BeginReading();
        }

        using var cancellation = new Cancellation(TimeProvider.System);
        using var parent = agent is null ? null : ParentWatch.Begin(() => cancellation.Take(PosixSignal.SIGHUP));
        var begin = TimeProvider.System.GetTimestamp();
        var mask = AgentMask.Of(Environment.GetEnvironmentVariable, Console.Error);
        var run = new RunState(Console.Out, mask, agent, cancellation.Token);
        var handover = new RunHandover(agent, Console.Error);
        using var timeIsUp = cancellation.TimeIsUp.Register(() => EndAmid(
            run, handover, parameters, Unfinished(FailureText.OfTimeUp(parameters.Spec)), ExitCode.Of(cancellation.Signal!.Value)));
        var hostCode = new CakeHost()
            .ConfigureServices(services => services.AddSingleton(parameters).AddSingleton(run).AddSingleton<ICakeLog, DefusedLog>())
            .UseContext<RolloutContext>()
            .UseLifetime<RolloutLifetime>()
            .Run(ParametersReader.ToHost(line, parameters));
        var error = ExitCode.Cause(run.Error);
        if (error is WorkspaceCallException { ContainerLog: { } log })
        {
            Console.Error.WriteLine($"The log of the deployment's container:\n    | {AgentCommands.Defuse(log)}");
        }

        var code = ExitCode.Of(hostCode, run.Error, cancellation.Signal);
        var failure = error is null or StageStoppedException ? null : FailureText.Sentence(error, code);
        var summary = run.Session?.Summarize(failure);
        if (summary is not null)
        {
            WriteLines(Console.Out, summary.Lines().Prepend(""));
        }
        else if (code is ExitCode.Failed or ExitCode.Locked || (ExitCode.IsOfSignal(code) && parameters.Stages.Count > 0))
        {
            WriteLines(Console.Error, FailureText.Lines(parameters, error));
        }

        WriteLines(Console.Out, run.LastLines);
        code = code == ExitCode.Done ? run.GoodEnd : code;

        // A run that ended before its first look has no summary of its own.
        handover.Write(parameters, summary ?? Unfinished(failure), run.Record, error is null ? null : FailureText.Sentence(error, code), code);
        return code;

        Summary? Unfinished(string? why) => parameters.Spec is { } spec
            ? new(spec, [], why, run.Record.State, [], 0, null, TimeProvider.System.GetElapsedTime(begin), parameters)
            : null;
    }

    /// <summary>Hands over what is known, and ends the process, unless the run has come to its own end meanwhile.</summary>
    private static void EndAmid(RunState run, RunHandover handover, Parameters parameters, Summary? summary, int code)
    {
        if (!handover.Write(parameters, summary, run.Record, summary?.Failure, code))
        {
            return;
        }

        try
        {
            run.Session?.EndScreenAsync().AsTask().GetAwaiter().GetResult();
            WriteLines(Console.Out, run.Session is not null ? summary!.Lines().Prepend("")
                : parameters.Stages.Count > 0 ? FailureText.Lines(parameters, new OperationCanceledException())
                : []);
        }
        finally
        {
            Environment.Exit(code);
        }
    }

    /// <summary>The start script says where the checkout is; without it, the folder above that holds the solution.</summary>
    private static string CheckoutFolder()
    {
        if (ScriptFolder is not null)
        {
            return ScriptFolder;
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
