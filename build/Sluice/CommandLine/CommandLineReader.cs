using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.CommandLine;

/// <summary>
/// Reads a command line and says everything that is wrong with it. Nothing is guessed: Cake's own parser accepts any unknown option and then
/// runs the target for real, which a release must not.
/// </summary>
internal sealed class CommandLineReader
{
    private readonly IReadOnlyCollection<TargetInfo> _targets;
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<Argument, string> _given = [];
    private readonly HashSet<Argument> _variables = [];
    private readonly List<string> _mistakes = [];
    private string? _meantTarget;

    private CommandLineReader(IReadOnlyCollection<TargetInfo> targets, Func<string, string?> environment)
    {
        _targets = targets;
        _environment = environment;
    }

    /// <summary>Reads a command line.</summary>
    /// <param name="words">The words, without the program's name.</param>
    /// <param name="targets">The targets that there are.</param>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static CommandLineReading Read(
        IReadOnlyList<string> words,
        IReadOnlyCollection<TargetInfo> targets,
        Func<string, string?> environment)
    {
        var reader = new CommandLineReader(targets, environment);
        reader.ReadWords(words);
        var target = reader.ReadTarget();
        reader.CheckRehearsal();
        reader.ReadEnvironment(target);
        reader.CheckTargets(target);
        return new(target, reader.Given, [.. reader._mistakes]);
    }

    private GivenArguments Given => new(_given, _variables);

    private void ReadWords(IReadOnlyList<string> words)
    {
        for (var index = 0; index < words.Count; index++)
        {
            var (name, value) = Split(words[index]);
            if (name is null)
            {
                _meantTarget = TargetNamed(words[index]);
                _mistakes.Add($"'{words[index]}' belongs to no argument; "
                    + (_meantTarget is null ? "arguments are written --name=value or --name value." : $"did you mean --target={_meantTarget}?"));
                continue;
            }

            if (Find(name) is not { } argument)
            {
                _mistakes.Add(Unknown(name));
                index += value is null && HasValueAfter(words, index) ? 1 : 0;
                continue;
            }

            if (value is null && TakesNext(argument, words, index))
            {
                value = words[++index];
            }

            Take(argument, name, value);
        }
    }

    private void Take(Argument argument, string name, string? value)
    {
        value ??= argument.Kind == ArgumentKind.Flag ? bool.TrueString : null;
        if (value is null)
        {
            _mistakes.Add($"{name} needs a value: {argument.Usage}.");
        }
        else if (argument.Refusal(value) is { } allowed)
        {
            _mistakes.Add($"{name} is '{value}'; allowed: {allowed}.");
        }
        else if (!_given.TryAdd(argument, argument.Declared(value)))
        {
            _mistakes.Add($"{name} is given more than once.");
        }
    }

    private string ReadTarget()
    {
        var written = _given.GetValueOrDefault(Arguments.Target) ?? _meantTarget ?? "Default";
        if (TargetNamed(written) is { } found)
        {
            return found;
        }

        var names = _targets.Select(target => target.Name).ToArray();
        var hint = NearestName.Of(written, names) is { } nearest ? $" Did you mean {nearest}?" : "";
        _mistakes.Add($"--target is '{written}', which is no target.{hint} Allowed: {string.Join(", ", names)}.");
        return written;
    }

    private string? TargetNamed(string name) => _targets.FirstOrDefault(target => target.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name;

    private void ReadEnvironment(string target)
    {
        var inLine = _given.Keys.SelectMany(argument => new[] { argument.Name, argument.InsteadOf }).ToHashSet();
        foreach (var argument in Arguments.All.Where(argument => argument.AppliesTo(target) && !inLine.Contains(argument.Name)))
        {
            if (argument.EnvironmentVariable is not { } variable || _environment(variable) is not { Length: > 0 } value)
            {
                continue;
            }

            if (argument.Refusal(value) is { } allowed)
            {
                _mistakes.Add($"The environment variable {variable} is '{value}'; allowed: {allowed}.");
            }
            else
            {
                _given[argument] = argument.Declared(value);
                _variables.Add(argument);
            }
        }
    }

    private void CheckTargets(string target)
    {
        // A look at the tasks is a look at all of them, whatever else stands on the line.
        var given = Given;
        if (Arguments.Looks.Any(given.Flag) || !_targets.Any(known => known.Name == target))
        {
            return;
        }

        foreach (var argument in _given.Keys.Where(argument => !argument.AppliesTo(target)))
        {
            _mistakes.Add($"--{argument.Name} means nothing to the target {target}; it is for {string.Join(", ", argument.Targets)}.");
        }

        if (given.Flag(Arguments.DeleteEndpoint) && !given.Flag(Arguments.Yes))
        {
            _mistakes.Add("--delete-endpoint deletes the endpoint with all its deployments; confirm it with --yes.");
        }

        if (given.Flag(Arguments.Yes) && !given.Flag(Arguments.DeleteEndpoint))
        {
            _mistakes.Add("--yes confirms --delete-endpoint; it means nothing without it.");
        }

        // A variable that gives an interval is meant for the runs that watch.
        if (given.IsInLine(Arguments.Interval) && !given.Flag(Arguments.Watch))
        {
            _mistakes.Add($"--{Arguments.Interval.Name} is how long --{Arguments.Watch.Name} pauses; it means nothing without it.");
        }
    }

    /// <summary>Only what is said in the line is held against it: a variable that gives a port, say, is meant for other runs.</summary>
    private void CheckRehearsal()
    {
        var isRehearsal = Given.Flag(Arguments.Rehearse);
        if (!isRehearsal && _given.ContainsKey(Arguments.Speed))
        {
            _mistakes.Add($"--{Arguments.Speed.Name} is the speed of a rehearsal; it means nothing without --{Arguments.Rehearse.Name}.");
        }

        foreach (var argument in isRehearsal ? Arguments.OthersThanRehearsal.Where(_given.ContainsKey) : [])
        {
            _mistakes.Add(
                $"--{argument.Name} means nothing with --{Arguments.Rehearse.Name}: a rehearsal begins with nothing, in a folder of its own, and "
                + "takes as long as Azure does, by its own clock.");
        }
    }

    private static (string? Name, string? Value) Split(string word)
    {
        if (!word.StartsWith('-') || word.Trim('-').Length == 0)
        {
            return (null, null);
        }

        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }

    private static Argument? Find(string name)
    {
        var isShort = !name.StartsWith("--", StringComparison.Ordinal);
        var bare = name[(isShort ? 1 : 2)..];
        return isShort == (bare.Length == 1)
            ? Arguments.All.FirstOrDefault(argument => argument.Aliases.Add(argument.Name).Contains(bare, StringComparer.OrdinalIgnoreCase))
            : null;
    }

    // A flag takes the next word only when that can be nothing else; so "--yes --target=Cleanup" and "--yes true" both mean what they say.
    private static bool TakesNext(Argument argument, IReadOnlyList<string> words, int index) =>
        argument.Kind == ArgumentKind.Flag
            ? index + 1 < words.Count && bool.TryParse(words[index + 1], out _)
            : HasValueAfter(words, index);

    private static bool HasValueAfter(IReadOnlyList<string> words, int index) =>
        index + 1 < words.Count && Split(words[index + 1]).Name is null;

    private static string Unknown(string name)
    {
        var bare = name.TrimStart('-');
        var known = Arguments.All.SelectMany(argument => argument.Aliases.Add(argument.Name)).ToArray();
        var meant = bare.Length == 1
            ? known.Contains(bare) ? $"-{bare}" : null
            : NearestName.Of(bare, known.Where(alias => alias.Length > 1)) is { } nearest ? $"--{nearest}" : null;
        var hint = meant is null ? "" : $" Did you mean {meant}?";
        return $"There is no argument {name}.{hint} --help lists them.";
    }
}
