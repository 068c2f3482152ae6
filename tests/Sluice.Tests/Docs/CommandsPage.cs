using System.Globalization;
using System.Text;
using Sluice.CommandLine;

namespace Sluice.Tests.Docs;

/// <summary>The page of <c>docs/</c> that lists each target with its arguments and examples: what <c>--help</c> says, on one page.</summary>
internal static class CommandsPage
{
    /// <summary>The page.</summary>
    /// <param name="targets">The targets that there are.</param>
    public static string Of(IReadOnlyCollection<TargetInfo> targets)
    {
        var text = new StringBuilder();
        text.Append("# Targets and arguments\n\nThis page is what `--help` says: `./build.sh --help`, and `./build.sh --target=Canary --help` for one target. What `--output=json` prints is told [member by member](json.md).\n");
        Block(text, "The program", HelpText.OfProgram("./build.sh", targets));
        foreach (var target in targets)
        {
            Block(text, target.Name, HelpText.OfTarget("./build.sh", target));
        }

        return text.ToString();
    }

    private static void Block(StringBuilder text, string title, IEnumerable<string> lines) =>
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n```text\n{string.Join('\n', lines)}\n```\n");
}
