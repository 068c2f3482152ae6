using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>A program of somebody else's, run to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ClientRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program, or answers null when there is none of that name.</summary>
    public static async Task<ClientRun?> TryAsync(
        string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ClientRun(process.ExitCode, await output, await error);
    }

    /// <summary>The checks that the script printed, all of them: the last line says how many there are.</summary>
    public IReadOnlyList<ClientCheck> Checks()
    {
        var lines = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.That(ExitCode, Is.Zero, $"The script broke after {lines.Count} lines. {Error}");
        Assert.That((int?)lines.LastOrDefault()?["end"], Is.EqualTo(lines.Count - 1), $"The script did not come to its end. {Error}");
        return [.. lines.SkipLast(1).Select(ClientCheck.Of)];
    }
}
