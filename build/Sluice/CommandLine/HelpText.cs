using System.Globalization;

namespace Sluice.CommandLine;

/// <summary>The help, made from the declarations.</summary>
internal static class HelpText
{
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
        var own = Arguments.All.Where(argument => !argument.IsOfHost && argument.AppliesTo(target.Name)).ToArray();
        foreach (var line in own.SelectMany(Lines))
        {
            yield return line;
        }

        if (own.Length > 0)
        {
            yield return "";
            var said = own.Where(argument => argument.EnvironmentVariable is null).Select(argument => $"--{argument.Name}").ToArray();
            var which = said.Length == 0 ? "Each" : $"Each but {string.Join(" and ", said)}";
            yield return $"{which} can be given by an environment variable, too: {own[0].EnvironmentVariable} for --{own[0].Name}.";
        }
    }

    private static IEnumerable<string> Lines(Argument argument)
    {
        var names = argument.Aliases.FirstOrDefault(alias => alias.Length == 1) is { } letter ? $"-{letter}, {argument.Usage}" : argument.Usage;
        var text = argument.Default is null ? argument.Description : $"{argument.Description} (default: {argument.Default})";
        return names.Length <= 28
            ? [string.Create(CultureInfo.InvariantCulture, $"  {names,-28} {text}")]
            : [$"  {names}", $"{"",31}{text}"];
    }
}
