using System.Text.RegularExpressions;
using Sluice.IntegrationTests.EndToEnd;

namespace Sluice.IntegrationTests.Docs;

/// <summary>
/// Runs what the pages show, from top to bottom, each page at a desk of its own: every line of a block of <c>sh</c> that starts the
/// program, and the exit code that the line's comment names. Those for the real Azure are held against the command line's reader only, as
/// are all others, among the unit tests; so are the tests themselves, and what does not end.
/// </summary>
[TestFixture]
[Category("Integration")]
public sealed partial class DocumentedCommandTests
{
    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
        .Append(Path.Combine(Repository.Root, "README.md"))
        .Where(page => Lines(page).Any())
        .Select(page => Path.GetRelativePath(Repository.Root, page))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Pages))]
    public async Task The_commands_of_a_page_do_what_the_page_says(string page)
    {
        await using var bench = new Workbench();
        bench.Environment["SLUICE_LATENCY"] = "instant";

        foreach (var (arguments, exitCode) in Lines(Path.Combine(Repository.Root, page)))
        {
            var run = await bench.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

            Assert.That(run.ExitCode, Is.EqualTo(exitCode), $"{page}: {arguments}\n{run}");
        }
    }

    private static IEnumerable<(string Arguments, int ExitCode)> Lines(string page)
    {
        var isShown = false;
        foreach (var line in File.ReadLines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isShown = !isShown && line == "```sh";
            }
            else if (isShown && Command().Match(line) is { Success: true } command && !Elsewhere().IsMatch(line))
            {
                yield return (
                    command.Groups["arguments"].Value,
                    command.Groups["code"] is { Success: true } code ? int.Parse(code.Value, System.Globalization.CultureInfo.InvariantCulture) : 0);
            }
        }
    }

    [GeneratedRegex(@"^\./build\.sh (?<arguments>[^#]+?)\s*(# exit code (?<code>\d+).*|#.*)?$")]
    private static partial Regex Command();

    [GeneratedRegex("--config=|--target=(Test|Emulator|Bench)")]
    private static partial Regex Elsewhere();
}
