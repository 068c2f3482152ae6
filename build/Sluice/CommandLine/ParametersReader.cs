using System.Collections.Immutable;
using Sluice.Output;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.CommandLine;

/// <summary>Makes a run's parameters of its command line and configuration, or says what is wrong with them.</summary>
/// <param name="program">The command that people type.</param>
/// <param name="root">The folder of the checkout.</param>
internal sealed class ParametersReader(string program, string root)
{
    /// <summary>The bytes of a request: ten times what Azure's managed endpoints take.</summary>
    private const int MostOfRequest = 16 * 1024 * 1024;

    /// <summary>Reads the configuration, and what it names.</summary>
    /// <param name="line">A command line; what is wrong in it is not among what it gives, so the rest can be judged all the same.</param>
    /// <param name="mistakes">Takes each mistake of the configuration, and of what the line names.</param>
    /// <param name="notes">Takes what is right but may not do what a person expects.</param>
    /// <returns>The parameters; null when there are mistakes, of the line or in what it names.</returns>
    public Parameters? Read(CommandLineReading line, Action<Annotation> mistakes, Action<Annotation> notes)
    {
        var given = line.Given;
        var parameters = new Parameters
        {
            Root = root,
            Program = program,
            Config = given.Text(Arguments.Config),
            Place = [.. from argument in Arguments.Places where given.Text(argument) is not null select KeyValuePair.Create(argument.Name, given.Text(argument)!)],
            Said = [.. from argument in Arguments.All where IsSaidAgain(given, argument) select SaidOf(given, argument)],
            Target = line.Target,
            Exclusive = given.Flag(Arguments.Exclusive),
            DeleteEndpoint = given.Flag(Arguments.DeleteEndpoint),
            RollbackTo = given.Text(Arguments.To),
            Retry = given.Flag(Arguments.Retry),
            Adopt = given.Flag(Arguments.Adopt),
            WaitForLock = given.Flag(Arguments.WaitForLock),
            Approves = given.Choice<ApprovalScope>(Arguments.Stage),
            ForceUnlock = given.Flag(Arguments.ForceUnlock),
            DeploymentName = given.Text(Arguments.DeploymentName),
            RequestFile = given.FullPath(Arguments.RequestFile),
            Key = given.Choice<EndpointKey>(Arguments.Key),
            Output = given.Choice<OutputForm>(Arguments.Output) ?? OutputForm.Text,
            Watch = given.Flag(Arguments.Watch),
            Interval = given.Duration(Arguments.Interval) ?? Parameters.UsualInterval,
            Through = given.Choice<Stage>(Arguments.Through) ?? Parameters.LastStage,
            HasDetailedExitCode = given.Flag(Arguments.DetailedExitCode),
            Rollout = given.Text(Arguments.RolloutId),
            Container = given.Choice<ContainerKind>(Arguments.Container) ?? ContainerKind.InferenceServer,
            Lines = given.Integer(Arguments.Lines) ?? Parameters.UsualLines,
            Category = given.Text(Arguments.Category),
            TestFilter = given.Text(Arguments.Filter),
            Figures = given.Text(Arguments.Figures),
        };
        var isGood = line.Mistakes.IsEmpty;
        foreach (var mistake in MistakesOf(line, parameters))
        {
            isGood = false;
            mistakes(new(mistake));
        }

        // A look at the tasks reads no configuration, so that it works before there is one.
        if (!Arguments.IsConfigured(line.Target) || given.Flag(Arguments.DryRun) || Arguments.Looks.Any(given.Flag))
        {
            return isGood ? parameters : null;
        }

        var reading = SpecReader.Read(given.Text(Arguments.Config) ?? Path.Combine(root, "config", "local.json"), given.ToOverrides());
        foreach (var mistake in reading.Mistakes)
        {
            mistakes(Annotation.Of(mistake));
        }

        if (line.Target is "Plan" or "Doctor")
        {
            parameters = parameters with { Notes = [.. reading.Notes.Select(note => $"{note}")] };
        }
        else
        {
            foreach (var note in reading.Notes)
            {
                notes(Annotation.Of(note));
            }
        }

        return reading.Spec is null || !isGood
            ? null
            : given.Flag(Arguments.Rehearse)
                ? WithRehearsal(parameters, reading.Spec, given, mistakes, notes)
                : WithSpec(parameters, reading.Spec, given, mistakes);
    }

    /// <summary>What is wrong with what the line names, and with what it combines.</summary>
    private static IEnumerable<string> MistakesOf(CommandLineReading line, Parameters parameters)
    {
        var given = line.Given;
        if (parameters.RequestFile is { } request && RefusalOf(new FileInfo(request)) is { } refusal)
        {
            yield return $"{given.Source(Arguments.RequestFile)} is '{request}', which {refusal}";
        }

        if (given.Text(Arguments.Output) is { } output && Arguments.Output.For(line.Target).Choices is var forms && !forms.Contains(output))
        {
            yield return $"{given.Source(Arguments.Output)} is '{output}', which {Arguments.Output.Reserved!.Value.Target} alone prints; allowed: {string.Join(", ", forms)}.";
        }

        if (parameters.Interval < TimeSpan.FromSeconds(1) || parameters.Interval > TimeSpan.FromHours(1))
        {
            yield return $"{given.Source(Arguments.Interval)} is '{given.Text(Arguments.Interval)}'; allowed: 1s to 1h.";
        }
    }

    private static bool IsSaidAgain(GivenArguments given, Argument argument) =>
        (Arguments.Places.Contains(argument) ? given.Text(argument) is not null : given.IsInLine(argument))
        && argument != Arguments.Target
        && !Arguments.OfOneMoment.Contains(argument);

    private static KeyValuePair<string, string?> SaidOf(GivenArguments given, Argument argument) =>
        new(argument.Name, argument.Kind == ArgumentKind.Flag && given.Flag(argument) ? null : given.Text(argument));

    private static ImmutableArray<KeyValuePair<string, TValue>> WithoutFolder<TValue>(ImmutableArray<KeyValuePair<string, TValue>> said) =>
        [.. said.Where(each => each.Key != Arguments.EmulatorFolder.Name)];

    /// <summary>What speaks against a file as a request; null for nothing. Pipes and devices have no length; they might never end.</summary>
    private static string? RefusalOf(FileInfo request) => request switch
    {
        _ when Directory.Exists(request.FullName) => $"is a folder; allowed: a file of 1 to {MostOfRequest} bytes.",
        { Exists: false } => "does not exist.",
        { Length: 0 or > MostOfRequest } => $"has {request.Length} bytes; allowed: a file of 1 to {MostOfRequest} bytes.",
        _ => null,
    };

    private static Parameters? WithSpec(Parameters parameters, RolloutSpec spec, GivenArguments given, Action<Annotation> mistakes)
    {
        if (spec.Emulator is null)
        {
            // A variable that gives a port, say, is meant for other runs.
            var misplaced = Arguments.OfEmulator.Where(given.IsInLine).ToArray();
            foreach (var argument in misplaced)
            {
                var rehearsed = Arguments.Rehearse.AppliesTo(parameters.Target) && !Arguments.OthersThanRehearsal.Contains(argument)
                    ? $"with --{Arguments.Rehearse.Name}, or "
                    : "";
                mistakes(new(
                    $"--{argument.Name} is for the local Azure ML, and the configured cloud is {spec.Workspace.Cloud}; allowed: {rehearsed}with "
                    + "workspace.cloud \"local\"."));
            }

            return misplaced.Length == 0
                ? parameters with { Spec = spec, Place = WithoutFolder(parameters.Place), Said = WithoutFolder(parameters.Said) }
                : null;
        }

        var obstacles = parameters.DeploysModels ? LocalServing.Mistakes(spec).ToArray() : [];
        if (obstacles.Length > 0)
        {
            Array.ForEach(obstacles, obstacle => mistakes(new(obstacle)));
            return null;
        }

        var load = given.Integer(Arguments.LoadRate) switch
        {
            null => spec.Load,
            0 => null,
            { } rate => new LoadSpec(rate),
        };
        return WithInjection(parameters, spec with { Load = load }, given);
    }

    private static Parameters? WithRehearsal(
        Parameters parameters, RolloutSpec spec, GivenArguments given, Action<Annotation> mistakes, Action<Annotation> notes)
    {
        var obstacles = RehearsalSpec.Obstacles(spec).ToArray();
        if (obstacles.Length > 0)
        {
            Array.ForEach(obstacles, obstacle => mistakes(new(obstacle)));
            return null;
        }

        if (RehearsalSpec.LeavesOut(spec))
        {
            notes(new("A rehearsal leaves out windows, approvals, notifications, and gates that ask people or webhooks."));
        }

        var rehearsal = new RehearsalRun(
            given.Integer(Arguments.Speed) ?? RehearsalRun.UsualSpeed,
            given.Integer(Arguments.Seed) ?? Random.Shared.Next(),
            given.Text(Arguments.Inject));
        var rehearsed = new RehearsalSpec(
            RehearsalRun.FolderIn(parameters.Root), rehearsal.Seed, rehearsal.Speed, given.Integer(Arguments.LoadRate)).Of(spec);
        return WithInjection(parameters, rehearsed, given) with { Rehearsal = rehearsal };
    }

    private static Parameters WithInjection(Parameters parameters, RolloutSpec spec, GivenArguments given) =>
        given.Injection(Arguments.Inject) is { } injection
            ? parameters with { Spec = spec with { Emulator = spec.Emulator! with { HasInjection = true } }, Injection = injection }
            : parameters with { Spec = spec };

    /// <summary>What the Cake host is handed: its own options, normalised. Sluice's arguments are read already.</summary>
    public static IEnumerable<string> ToHost(CommandLineReading line, Parameters parameters)
    {
        // Said here, as the command line alone is stronger than the person's environment and a cake.config that lies about.
        yield return $"--settings_noreport={(parameters.HasReport ? "false" : "true")}";
        yield return $"--{Arguments.Target.Name}={line.Target}";

        // Cake names the tasks of a dry run at its own normal volume only.
        var volume = line.Given.Flag(Arguments.DryRun) ? "normal" : Arguments.Verbosity.Default;
        yield return $"--{Arguments.Verbosity.Name}={line.Given.Text(Arguments.Verbosity) ?? volume}";
        // Deleting the endpoint needs nothing of what comes before it in the line.
        if (line.Given.Flag(Arguments.Exclusive) || line.Given.Flag(Arguments.DeleteEndpoint))
        {
            yield return $"--{Arguments.Exclusive.Name}";
        }

        foreach (var mode in Arguments.Looks.Prepend(Arguments.DryRun).Where(line.Given.Flag))
        {
            yield return $"--{mode.Name}";
        }
    }
}
