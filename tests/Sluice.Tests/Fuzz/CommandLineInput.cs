using System.Collections.Immutable;
using Sluice.CommandLine;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>What a process is started with.</summary>
/// <param name="Words">The words of the command line.</param>
/// <param name="Variables">The environment variables.</param>
internal sealed record CommandLineInput(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Variables)
{
    private const int MostArguments = 5;

    private static readonly ImmutableArray<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    private static readonly ImmutableArray<string> Paths =
    [
        "local.json", "sample.json", "model", "model/MLmodel", "missing", "azureml:heart:2", "azureml:heart@latest", "config/local.json",
        ".",
    ];

    /// <summary>A command line whose arguments the target takes, in most cases, with one or two odd ones.</summary>
    public static CommandLineInput Next(Random random)
    {
        var target = Targets[random.Next(Targets.Length)].Name;
        var takes = Arguments.All.Where(argument => argument.AppliesTo(target) && argument != Arguments.Target).ToArray();
        var words = new List<string>();
        Add(words, "target", random.Next(20) == 0 ? OddValues.Text(random) : target, random);
        var variables = new Dictionary<string, string>();
        for (var left = random.Next(MostArguments); left > 0; left--)
        {
            var argument = random.Next(15) == 0 ? Arguments.All[random.Next(Arguments.All.Length)] : takes[random.Next(takes.Length)];
            var value = random.Next(8) == 0 ? Odd(random) : Good(argument, random);
            if (argument.EnvironmentVariable is { } variable && random.Next(5) == 0)
            {
                variables[variable] = Passable(value);
            }
            else
            {
                Add(words, Name(argument, random), value, random);
            }
        }

        if (random.Next(12) == 0)
        {
            words.Insert(random.Next(words.Count + 1), Passable(Odd(random)));
        }

        return new CommandLineInput(words, variables);
    }

    public override string ToString() => string.Join('\n', Words.Concat(Variables.Select(pair => $"{pair.Key}={pair.Value} (variable)")));

    private static string Name(Argument argument, Random random)
    {
        var names = argument.Aliases.Add(argument.Name);
        var name = names[random.Next(names.Length)];
        return random.Next(40) == 0 ? name.ToUpperInvariant() : random.Next(40) == 0 ? name + "s" : name;
    }

    private static void Add(List<string> words, string name, string value, Random random)
    {
        var written = Passable((name.Length == 1 ? "-" : "--") + name);
        if (random.Next(3) == 0)
        {
            words.Add(written);
            words.Add(Passable(value));
        }
        else
        {
            words.Add($"{written}={Passable(value)}");
        }
    }

    private static string Good(Argument argument, Random random) => argument.Kind switch
    {
        ArgumentKind.Flag => random.Next(3) == 0 ? "false" : "true",
        ArgumentKind.Choice => argument.Choices[random.Next(argument.Choices.Length)],
        ArgumentKind.Integer => $"{random.NextInt64(argument.Minimum, Math.Min(argument.Maximum, argument.Minimum + 100L) + 1)}",
        ArgumentKind.Integers => random.Next(2) == 0 ? "10,50" : "1,2,3,99",
        ArgumentKind.Number => "0.5",
        ArgumentKind.Duration => random.Next(2) == 0 ? "4s" : "5m",
        ArgumentKind.Path => Paths[random.Next(Paths.Length)],
        _ => random.Next(3) == 0 ? Paths[random.Next(Paths.Length)] : "heart",
    };

    private static string Odd(Random random) => random.Next(3) == 0 ? OddValues.Literal(random) : OddValues.Text(random);

    /// <summary>No system hands a NUL to a process.</summary>
    private static string Passable(string word)
    {
        var passable = word.Replace("\0", "", StringComparison.Ordinal).Replace("..", "._", StringComparison.Ordinal);
        return passable.StartsWith('/') ? "_" + passable : passable.Replace("=/", "=_/", StringComparison.Ordinal);
    }
}
