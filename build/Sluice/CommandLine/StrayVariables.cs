using Sluice.Rollouts.Spec.Reading;

namespace Sluice.CommandLine;

/// <summary>Environment variables that look like an argument's and are none: misspelt, they would leave a run to the configuration unsaid.</summary>
internal static class StrayVariables
{
    private static readonly Dictionary<string, Argument> Known =
        Arguments.All.ToDictionary(argument => argument.VariableName, StringComparer.OrdinalIgnoreCase);

    private const string Prefix = "SLUICE_";

    /// <summary>What the tests read, whom <c>Test</c> hands its environment on.</summary>
    private const string PrefixOfTests = "SLUICE_FUZZ_";

    /// <summary>What is to be said of the variables that are set and passed over, a sentence each, in the order of their names.</summary>
    /// <param name="names">The names of the variables that are set to something.</param>
    /// <param name="target">The target that runs.</param>
    public static IEnumerable<string> Notes(IEnumerable<string> names, string target) => names
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name != StartScript.FolderVariable)
        .Where(name => !name.StartsWith(PrefixOfTests, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => Note(name, target))
        .OfType<string>();

    private static string? Note(string name, string target)
    {
        if (!Known.TryGetValue(name, out var argument))
        {
            var read = Known.Values.Select(each => each.EnvironmentVariable).OfType<string>();
            var hint = NearestName.Of(name[Prefix.Length..], read.Select(each => each[Prefix.Length..])) is { } nearest ? $" Did you mean {Prefix}{nearest}?" : "";
            return $"The environment variable {name} is passed over: it is no argument's.{hint}";
        }

        return argument.EnvironmentVariable is null && argument.AppliesTo(target)
            ? $"The environment variable {name} is passed over: --{argument.Name} has to be said in the command itself."
            : null;
    }
}
