using System.Diagnostics;

namespace Sluice.IntegrationTests.Bootstrap;

/// <summary>The audit of packages, with a stand-in for <c>dotnet</c> that answers as the real one does.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win")]
public sealed class AuditTests
{
    private const string Clean = """{"version":1,"projects":[{"path":"a.csproj"},{"path":"b.csproj"}]}""";

    private const string Vulnerable = """
        {"version":1,"projects":[{"path":"a.csproj"},{"path":"b.csproj","frameworks":[{"framework":"net10.0",
         "topLevelPackages":[{"id":"Direct","requestedVersion":"1.0.0","resolvedVersion":"1.0.0",
           "vulnerabilities":[{"severity":"High","advisoryurl":"https://example.org/GHSA-1"}]}],
         "transitivePackages":[{"id":"Brought.Along","resolvedVersion":"2.0.0",
           "vulnerabilities":[{"severity":"Low","advisoryurl":"https://example.org/GHSA-2"}]}]}]}]}
        """;

    [Test]
    public async Task A_package_that_is_listed_fails_it_whether_wanted_or_brought_along()
    {
        var (code, output, error) = await RunAsync("", Vulnerable);

        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(error.Trim().Split('\n'), Is.EqualTo(new[]
        {
            "Brought.Along 2.0.0: Low https://example.org/GHSA-2",
            "Direct 1.0.0: High https://example.org/GHSA-1",
        }));
    }

    [Test]
    public async Task An_empty_list_of_a_feed_that_has_one_passes()
    {
        var (code, output, error) = await RunAsync("Restored a.csproj", Clean);

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Is.EqualTo("Audited: no package has a known vulnerability.\n"));
    }

    [TestCase("a.csproj : warning NU1900: Error occurred while getting package vulnerability data")]
    [TestCase("a.csproj : warning NU1905: Audit source 'nuget.org' did not provide any vulnerability data.")]
    public async Task An_empty_list_of_a_feed_that_has_none_is_called_no_audit(string warning)
    {
        var (code, output, error) = await RunAsync(warning, Clean);

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Is.EqualTo("Not audited: the feed gives no list of known vulnerabilities.\n"));
    }

    [Test]
    public async Task A_list_that_could_not_be_made_fails_it()
    {
        var (code, _, error) = await RunAsync(
            "", """{"version":1,"problems":[{"level":"error","text":"No assets file was found."}],"projects":[]}""");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.Trim(), Is.EqualTo("No assets file was found."));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string restored, string listed)
    {
        var bin = Directory.CreateTempSubdirectory("sluice-audit-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(bin.FullName, "restored"), restored);
            await File.WriteAllTextAsync(Path.Combine(bin.FullName, "listed"), listed);
            var dotnet = Path.Combine(bin.FullName, "dotnet");
            await File.WriteAllTextAsync(dotnet, """
                #!/bin/sh
                if [ "$1" = restore ]; then cat "${0%/*}/restored"; else cat "${0%/*}/listed"; fi

                """);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, ".ci", "audit")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PATH"] = $"{bin.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
            start.Environment.Remove("GITHUB_ACTIONS");
            start.Environment.Remove("TF_BUILD");
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            bin.Delete(recursive: true);
        }
    }
}
