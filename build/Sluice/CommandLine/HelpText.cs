using System.Text;

namespace Sluice.CommandLine;

/// <summary>The help, made from the declarations.</summary>
internal static class HelpText
{
    /// <summary>The column that descriptions start in.</summary>
    private const int Indent = 31;

    /// <summary>The width of a line of text, where a word does not need more.</summary>
    private const int Width = 120;

    /// <summary>The program's help: the targets and the arguments that all or most of them take.</summary>
    public static IEnumerable<string> OfProgram(string program, IReadOnlyCollection<TargetInfo> targets)
    {
        yield return $"Usage: {program} --target=<target> [arguments]";
        yield return "";
        yield return "Targets. The first seven are a line: each runs those before it.";
        foreach (var target in targets)
        {
            yield return $"  {target.Name,-10} {target.Description}";
        }

        yield return "";
        yield return $"Arguments of every target. {program} --target=<target> --help lists those of one target.";
        foreach (var line in Arguments.All.Where(argument => argument.IsOfHost).SelectMany(Lines))
        {
            yield return line;
        }

        yield return "";
        yield return $"Try: {program} --target=Promote";
    }

    /// <summary>One target's help.</summary>
    public static IEnumerable<string> OfTarget(string program, TargetInfo target)
    {
        yield return $"{target.Name}: {target.Description}";
        yield return "";
        yield return $"Usage: {program} --target={target.Name} [arguments]";
        yield return "";
        var own = Arguments.All
            .Where(argument => !argument.IsOfHost && argument.AppliesTo(target.Name))
            .Select(argument => argument.For(target.Name))
            .ToArray();
        foreach (var line in own.SelectMany(Lines))
        {
            yield return line;
        }

        if (own.Length > 0)
        {
            yield return "";
            var said = own.Where(argument => argument.EnvironmentVariable is null).Select(argument => $"--{argument.Name}").ToArray();
            var which = said.Length == 0 ? "Each" : $"Each but {Listed(said)}";
            foreach (var line in Wrapped($"{which} can be given by an environment variable, too: {own[0].EnvironmentVariable} for --{own[0].Name}.", Width))
            {
                yield return line;
            }
        }

        yield return "";
        yield return target.Examples is [_] ? "Example:" : "Examples:";
        foreach (var example in target.Examples)
        {
            yield return $"  {program} --target={target.Name} {example.Arguments}".TrimEnd();
            yield return $"      {example.Does}";
        }
    }

    private static IEnumerable<string> Lines(Argument argument)
    {
        var names = argument.Aliases.FirstOrDefault(alias => alias.Length == 1) is { } letter ? $"-{letter}, {argument.Usage}" : argument.Usage;
        var text = argument.Default is null ? argument.Description : $"{argument.Description} (default: {argument.Default})";
        var lines = Wrapped(text, Width - Indent).ToArray();
        var first = $"  {names}";
        var begin = first.Length < Indent ? [first.PadRight(Indent) + lines[0]] : new[] { first, new string(' ', Indent) + lines[0] };
        return [.. begin, .. lines.Skip(1).Select(line => new string(' ', Indent) + line)];
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private static string Listed(string[] names) => names is [var only] ? only : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
