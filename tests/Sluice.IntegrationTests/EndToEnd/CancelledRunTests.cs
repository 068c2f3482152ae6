using System.Diagnostics;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>The real program, which gets one signal while something does not answer it.</summary>
[Category("Integration")]
[Platform(Exclude = "Win", Reason = "Signals are sent by kill.")]
internal sealed class CancelledRunTests
{
    /// <summary>The program's own limits sum up to half of it; the rest is for a machine that has other work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Test]
    public async Task A_store_that_hangs_does_not_keep_it_from_its_end()
    {
        var (run, took) = await CancelWhileHangsAsync("blob");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(took, Is.LessThan(Patience));
            Assert.That(run.ExitCode, Is.EqualTo(143), run.ToString());
            Assert.That(run.Output, Does.Contain("The journal did not answer in time"));
            Assert.That(run.Output, Does.Match(@"(?m)^  traffic +default 90 %, green-2 10 %").And.Match("(?m)^  report +artifacts/"), run.ToString());
        }
    }

    [Test]
    public async Task Nor_do_requests_that_hang_and_they_count_neither_as_answered_nor_as_failed()
    {
        var (run, took) = await CancelWhileHangsAsync("scoring");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(took, Is.LessThan(Patience));
            Assert.That(run.ExitCode, Is.EqualTo(143), run.ToString());
            Assert.That(run.Output, Does.Match(@"(?m)^  requests +\d+ sent, 0 failed; \d+ more were under way and not awaited"), run.ToString());
            Assert.That(run.Output, Does.Not.Contain("did not answer in time"));
        }
    }

    /// <summary>Runs a rollout into its first step, has a surface of the service keep silent, and sends one SIGTERM.</summary>
    /// <returns>What came of the run, and how long after the signal.</returns>
    private static async Task<(SluiceRun Run, TimeSpan Took)> CancelWhileHangsAsync(string surface)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var bench = Workbench.At(emulator, config => config["rollout"]!["steps"]![0]!["bake"] = "10m");
        foreach (var deployment in new[] { "blue", "green" })
        {
            var path = Path.Combine(bench.Folder, "config", $"{deployment}-deployment.yml");
            var text = await File.ReadAllTextAsync(path);
            await File.WriteAllTextAsync(path, text.Replace("request_timeout_ms: 5000", "request_timeout_ms: 180000", StringComparison.Ordinal));
        }

        var program = bench.Start("--target=Promote");
        await program.WaitForOutputAsync("traffic is default 90 %, green-2 10 %");
        await emulator.SetFaultsAsync($$"""{ "surface": "{{surface}}", "delay": { "time": "PT10M" } }""");
        await Until.TrueAsync(emulator.HasFaultHappenedAsync, $"a call of {surface} that hangs");
        var begin = Stopwatch.GetTimestamp();
        await program.SignalAsync("TERM");
        var run = await program.EndAsync();
        var took = Stopwatch.GetElapsedTime(begin);
        await emulator.SetFaultsAsync("");
        return (run, took);
    }
}
