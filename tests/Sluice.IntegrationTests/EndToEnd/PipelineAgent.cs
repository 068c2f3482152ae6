using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>
/// An agent of GitHub Actions or Azure DevOps, as far as a script can tell: its variables and files, and a checkout whose start script runs
/// the program that was built with the tests.
/// </summary>
internal sealed partial class PipelineAgent
{
    private readonly Workbench _bench;
    private readonly bool _isGitHub;
    private readonly Dictionary<string, string> _environment;

    /// <summary>An agent whose checkout is that desk.</summary>
    public PipelineAgent(Workbench bench, bool isGitHub)
    {
        _bench = bench;
        _isGitHub = isGitHub;
        bench.Write("build.sh", $"export SLUICE_ROOT='{bench.Folder}'\nexec dotnet '{SluiceProgram.File}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(bench.Folder, "build.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var file in new[] { "output", "step-summary" })
        {
            bench.Write(file, "");
        }

        _environment = new()
        {
            ["SLUICE_CONFIG"] = bench.ConfigPath,
            ["NO_COLOR"] = "1",
            [isGitHub ? "GITHUB_ACTIONS" : "TF_BUILD"] = isGitHub ? "true" : "True",
        };
        if (isGitHub)
        {
            _environment["GITHUB_WORKSPACE"] = bench.Folder;
            _environment["GITHUB_OUTPUT"] = OutputFile;
            _environment["GITHUB_STEP_SUMMARY"] = SummaryFile;
            _environment["GITHUB_ACTOR"] = "who-began";
            _environment["GITHUB_TRIGGERING_ACTOR"] = "octocat";
            _environment["GITHUB_REPOSITORY"] = "octocat/hello";
            _environment["GITHUB_RUN_ID"] = "42";
        }
        else
        {
            _environment["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"] = "https://dev.azure.com/octo/";
            _environment["SYSTEM_TEAMPROJECT"] = "hello";
            _environment["BUILD_BUILDID"] = "42";
            _environment["BUILD_REQUESTEDFOR"] = "Octo Cat";
            _environment["AGENT_TEMPDIRECTORY"] = bench.Folder;
        }
    }

    /// <summary>What the runs added to the page of the run.</summary>
    public string Summary => _isGitHub
        ? File.ReadAllText(SummaryFile)
        : string.Concat(Directory.EnumerateFiles(Path.Combine(_bench.Folder, "artifacts"), "summary-*.md").Select(File.ReadAllText));

    private string OutputFile => Path.Combine(_bench.Folder, "output");

    private string SummaryFile => Path.Combine(_bench.Folder, "step-summary");

    /// <summary>Runs a pipeline's script to its end, as the agents do: in a file of its own, by bash, which ends at the first error.</summary>
    public Task<SluiceRun> RunAsync(string script) => RunAsync(script, []);

    /// <summary>Runs a pipeline's script to its end, and does something each time that a line of its output has a text.</summary>
    public async Task<SluiceRun> RunAsync(string script, params (string Text, Func<Process, Task> Act)[] turns)
    {
        using var process = Start(script);
        var error = process.StandardError.ReadToEndAsync();
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Append(line).Append('\n');
            foreach (var (_, act) in turns.Where(turn => line.Contains(turn.Text, StringComparison.Ordinal)))
            {
                await act(process);
            }
        }

        await process.WaitForExitAsync();
        return new(process.ExitCode, output.ToString(), await error);
    }

    /// <summary>Starts a pipeline's script.</summary>
    private Process Start(string script)
    {
        _bench.Write("script.sh", script);
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", Path.Combine(_bench.Folder, "script.sh")])
        {
            WorkingDirectory = _bench.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("GITHUB_ACTIONS");
        start.Environment.Remove("TF_BUILD");
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The outputs that the latest run has set; they are forgotten with that.</summary>
    public Dictionary<string, string> TakeOutputs(SluiceRun run)
    {
        if (!_isGitHub)
        {
            return AzureOutput().Matches(run.Error).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        }

        var found = GitHubOutput().Matches(File.ReadAllText(OutputFile))
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        File.WriteAllText(OutputFile, "");
        return found;
    }

    /// <summary>The secrets that a run has told the agent to blot out, as they were written.</summary>
    public IReadOnlyList<string> Masks(SluiceRun run) =>
        [.. (_isGitHub ? GitHubMask() : AzureMask()).Matches(run.Error).Select(match => match.Groups["value"].Value)];

    /// <summary>The names of the groups of a log, each of which ends before the next one begins.</summary>
    public IReadOnlyList<string> Groups(SluiceRun run)
    {
        var (begin, end) = _isGitHub ? ("::group::", "::endgroup::") : ("##[group]", "##[endgroup]");
        var names = new List<string>();
        var isOpen = false;
        foreach (var line in run.Output.Split('\n'))
        {
            if (line.StartsWith(begin, StringComparison.Ordinal))
            {
                Assert.That(isOpen, Is.False, run.ToString());
                names.Add(line[begin.Length..].Trim());
                isOpen = true;
            }
            else if (line.StartsWith(end, StringComparison.Ordinal))
            {
                Assert.That(isOpen, Is.True, run.ToString());
                isOpen = false;
            }
        }

        Assert.That(isOpen, Is.False, run.ToString());
        return names;
    }

    [GeneratedRegex(@"^(?<name>\w+)<<(?<limit>sluice-[0-9a-f]{32})\n(?<value>[\s\S]*?)\n\k<limit>$", RegexOptions.Multiline)]
    private static partial Regex GitHubOutput();

    [GeneratedRegex(@"^##vso\[task\.setvariable variable=(?<name>\w+);isOutput=true;\](?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex AzureOutput();

    [GeneratedRegex("^::add-mask::(?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex GitHubMask();

    [GeneratedRegex(@"^##vso\[task\.setsecret\](?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex AzureMask();
}
