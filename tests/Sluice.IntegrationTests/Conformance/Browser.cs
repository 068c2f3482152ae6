namespace Sluice.IntegrationTests.Conformance;

/// <summary>A headless browser of this machine, driven by Playwright.</summary>
internal static class Browser
{
    private const int OldestNode = 20;

    private static readonly string[] Programs = ["chromium", "google-chrome", "chromium-browser"];

    /// <summary>The pictures of pages that tests take, for people to look at.</summary>
    public static string Screenshots { get; } = Path.Combine(Repository.Root, "artifacts", "screenshots");

    /// <summary>Opens a report in every look, and asserts each check. Ignores the test, and says why, where there is no browser or no Node.</summary>
    /// <param name="report">The file.</param>
    public static async Task ReadAsync(string report)
    {
        var chromium = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Programs.Select(program => Path.Combine(folder, program)))
            .FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            Assert.Ignore($"There is no browser on this machine: none of {string.Join(", ", Programs)} was found.");
        }

        var folder = await NodePackages.InstallAsync("browser", OldestNode);
        Directory.CreateDirectory(Screenshots);
        var run = await ClientRun.TryAsync("node", [Path.Combine(folder, "report.mjs")], folder, new Dictionary<string, string>
        {
            ["SLUICE_CHROMIUM"] = chromium!,
            ["SLUICE_REPORT"] = report,
            ["SLUICE_SCREENSHOTS"] = Screenshots,
        });
        var checks = run!.Checks();
        TestContext.Out.WriteLine($"report.mjs: {checks.Count} checks");
        using (Assert.EnterMultipleScope())
        {
            foreach (var check in checks)
            {
                check.Hold();
            }
        }
    }
}
