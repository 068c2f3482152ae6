using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Frosting.Hosting;

/// <summary>
/// Reads a command line as the official host does: its own options by their exact names, everything else, unknown names included, for the
/// tasks.
/// </summary>
internal sealed class HostOptionsParser
{
    private readonly List<string> _targets = [];
    private readonly List<KeyValuePair<string, string?>> _arguments = [];
    private readonly Dictionary<HostMode, bool> _modes = [];
    private readonly IReadOnlyList<CommandLineToken> _tokens;
    private DirectoryPath? _workingDirectory;
    private Verbosity? _verbosity;
    private bool _exclusive;
    private bool _noReport;
    private int _position;

    private HostOptionsParser(IReadOnlyList<CommandLineToken> tokens) => _tokens = tokens;

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="CommandLineException">
    /// An option is not well-formed, an option of the host lacks its value or has a bad one, or a word belongs to no option.
    /// </exception>
    public static HostOptions Parse(IEnumerable<string> args)
    {
        var parser = new HostOptionsParser(CommandLineTokenizer.Tokenize(args));
        parser.ReadHostPart();
        parser.ReadTaskPart();
        return parser.ToOptions();
    }

    private void ReadHostPart()
    {
        while (_position < _tokens.Count && _tokens[_position].Kind != CommandLineTokenKind.Separator)
        {
            var token = _tokens[_position++];
            if (token.Kind is CommandLineTokenKind.Word or CommandLineTokenKind.Value)
            {
                throw new CommandLineException($"Unknown command '{token.Text}'.");
            }

            ReadHostOption(token);
        }
    }

    private void ReadHostOption(CommandLineToken option)
    {
        switch (option.Spelling)
        {
            case "-t" or "--target" or "--Target":
                _targets.Add(RequiredValue(option, "target"));
                break;
            case "-w" or "--working":
                var path = RequiredValue(option, "working");
                _workingDirectory = path.Length == 0 ? null : new DirectoryPath(path);
                break;
            case "-v" or "--verbosity":
                _verbosity = ToVerbosity(RequiredValue(option, "verbosity"));
                break;
            case "-h" or "-?" or "--help":
                _modes[HostMode.Help] = true;
                break;
            case "--version" or "--ver":
                ReadMode(option, HostMode.Version);
                break;
            case "--info":
                ReadMode(option, HostMode.Info);
                break;
            case "--dryrun" or "--noop" or "--whatif":
                ReadMode(option, HostMode.DryRun);
                break;
            case "--tree" or "--showtree":
                ReadMode(option, HostMode.Tree);
                break;
            case "--description" or "--descriptions" or "--showdescription" or "--showdescriptions":
                ReadMode(option, HostMode.Description);
                break;
            case "-e" or "--exclusive":
                _exclusive = ReadFlag(option) ?? _exclusive;
                break;
            case "--no-report" or "--noreport":
                _noReport = ReadFlag(option) ?? _noReport;
                break;
            default:
                ReadArgument(option);
                break;
        }
    }

    // What follows two dashes is for the tasks, even where it is spelt like an option of the host. Words that belong to nothing vanish.
    private void ReadTaskPart()
    {
        while (_position < _tokens.Count)
        {
            var token = _tokens[_position++];
            if (token.Kind is CommandLineTokenKind.Option or CommandLineTokenKind.GroupedOption)
            {
                ReadArgument(token);
            }
        }
    }

    private void ReadArgument(CommandLineToken option) => _arguments.Add(new(option.Text, OptionalValue(option)));

    private void ReadMode(CommandLineToken option, HostMode mode)
    {
        if (ReadFlag(option) is { } value)
        {
            _modes[mode] = value;
        }
    }

    // A flag is set by its name alone, by a word that is true or false, or by such a value. With another value it is not a flag but an
    // argument for the tasks, as in "--version=1.2.3"; there is no answer then.
    private bool? ReadFlag(CommandLineToken option)
    {
        var next = option.Kind == CommandLineTokenKind.Option && _position < _tokens.Count ? _tokens[_position] : default;
        if (next.Kind is CommandLineTokenKind.Word or CommandLineTokenKind.Value && bool.TryParse(next.Text, out var value))
        {
            _position++;
            return value;
        }

        if (next.Kind != CommandLineTokenKind.Value)
        {
            return true;
        }

        ReadArgument(option);
        return null;
    }

    private string RequiredValue(CommandLineToken option, string name) =>
        OptionalValue(option) ?? throw new CommandLineException($"Option '{name}' is defined but no value has been provided.");

    private string? OptionalValue(CommandLineToken option)
    {
        var hasValue = option.Kind == CommandLineTokenKind.Option
            && _position < _tokens.Count
            && _tokens[_position].Kind is CommandLineTokenKind.Word or CommandLineTokenKind.Value;
        return hasValue ? _tokens[_position++].Text : null;
    }

    private static Verbosity ToVerbosity(string text) =>
        !char.IsAsciiDigit(text.FirstOrDefault()) && VerbosityParser.TryParse(text, out var verbosity)
            ? verbosity
            : throw new CommandLineException($"Failed to convert '{text}' to Verbosity.");

    private HostOptions ToOptions()
    {
        IReadOnlyList<string> targets = _targets.Count > 0 ? _targets : ["Default"];
        var arguments = _arguments.Concat(targets.Select(target => KeyValuePair.Create("target", (string?)target)));
        if (_noReport)
        {
            arguments = arguments.Append(KeyValuePair.Create(SettingKeys.NoReport, (string?)bool.TrueString));
        }

        return new HostOptions(
            Enum.GetValues<HostMode>().First(mode => mode == HostMode.Run || _modes.GetValueOrDefault(mode)),
            targets,
            _exclusive,
            _workingDirectory,
            _verbosity,
            arguments.ToLookup(argument => argument.Key, argument => argument.Value, StringComparer.OrdinalIgnoreCase));
    }
}
