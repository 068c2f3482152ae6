namespace Cake.Frosting.Hosting;

/// <summary>Cuts a command line into pieces.</summary>
internal static class CommandLineTokenizer
{
    private static readonly char[] Separators = ['=', ':'];

    /// <summary>Cuts all arguments.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The pieces, in order.</returns>
    /// <exception cref="CommandLineException">An option is not well-formed.</exception>
    public static IReadOnlyList<CommandLineToken> Tokenize(IEnumerable<string> args) => [.. args.SelectMany(Tokenize)];

    private static IEnumerable<CommandLineToken> Tokenize(string arg)
    {
        if (arg == "--")
        {
            return [new(CommandLineTokenKind.Separator, arg, arg)];
        }

        if (arg.StartsWith("--", StringComparison.Ordinal))
        {
            return Cut(arg, arg[2..], name => [LongOption(name)]);
        }

        if (arg == "-")
        {
            throw new CommandLineException("Option does not have a name.");
        }

        // A negative number is a value, not an option.
        return arg.StartsWith('-') && !char.IsAsciiDigit(arg[1])
            ? Cut(arg, arg[1..], ShortOptions)
            : [new(CommandLineTokenKind.Word, arg, arg)];
    }

    private static IEnumerable<CommandLineToken> Cut(
        string arg, string body, Func<string, IEnumerable<CommandLineToken>> options)
    {
        var end = body.IndexOfAny(Separators);
        if (end < 0)
        {
            return options(body);
        }

        var value = body[(end + 1)..];
        return value.Length == 0
            ? throw new CommandLineException("Expected an option value.")
            : [.. options(body[..end]), new CommandLineToken(CommandLineTokenKind.Value, value, arg)];
    }

    private static CommandLineToken LongOption(string name)
    {
        var wellFormed = name.Length > 1 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
        return wellFormed
            ? new(CommandLineTokenKind.Option, name, "--" + name)
            : throw new CommandLineException("Invalid long option name.");
    }

    private static IEnumerable<CommandLineToken> ShortOptions(string names)
    {
        var kind = names.Length == 1 ? CommandLineTokenKind.Option : CommandLineTokenKind.GroupedOption;
        return names.Length > 0 && names.All(c => char.IsLetter(c) || c == '?')
            ? names.Select(name => new CommandLineToken(kind, name.ToString(), "-" + name))
            : throw new CommandLineException("Short option does not have a valid name.");
    }
}
