using System.Xml.Linq;
using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Conformance;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>The report of a rollout that the real program ran, as a browser, a person and an auditor meet it.</summary>
[Category("Integration")]
public sealed class ReportTests
{
    [Test]
    [Category("Browser")]
    public async Task The_report_of_a_rollout_is_readable_in_light_and_dark_on_paper_and_on_a_telephone()
    {
        await using var bench = new Workbench(config => config["rollout"]!["gates"] = JArray.Parse("""
            [
              { "name": "errors in replay", "errors": { "source": "replay", "minimumRequests": 10 } },
              { "name": "latency in replay", "latency": { "source": "replay", "quantile": "p95", "tolerance": 10 } },
              { "agreement": { "atLeast": 0.5, "minimumPairs": 20 } },
              { "drift": { "maximumDistance": 0.2 }, "observeOnly": true }
            ]
            """));
        var rollout = await bench.RunAsync("--target=Promote");
        Assume.That(rollout.ExitCode, Is.Zero, rollout.ToString());

        await Browser.ReadAsync(Path.Combine(bench.Folder, "artifacts", "report.html"));
    }

    [Test]
    public async Task Each_run_that_does_something_leaves_a_report_and_the_target_makes_the_same_one_from_the_workspace()
    {
        await using var bench = new Workbench();
        var file = Path.Combine(bench.Folder, "artifacts", "report.html");

        var rollout = await bench.RunAsync("--target=Promote");
        var own = await File.ReadAllTextAsync(file);
        File.Delete(file);
        var again = await bench.RunAsync("--target=Promote");
        var isWrittenAgain = File.Exists(file);
        var report = await bench.RunAsync("--target=Report");
        var made = await File.ReadAllTextAsync(file);
        var unknown = await bench.RunAsync("--target=Report", "--rollout=moon");

        var id = XDocument.Parse(own).Descendants().First(element => element.Value == "Rollout").ElementsAfterSelf().First().Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rollout.ExitCode, Is.Zero, rollout.ToString());
            Assert.That(rollout.Output, Does.Contain("report     artifacts/report.html"));
            Assert.That(own, Does.Contain("heart-classifier: green-2 is live in place of default"));
            Assert.That(again.Output, Does.Contain("nothing to do").And.Not.Contain("report.html"));
            Assert.That(isWrittenAgain, Is.False, "a run that did nothing");
            Assert.That(report.ExitCode, Is.Zero, report.ToString());
            Assert.That(made, Does.Contain("heart-classifier: green-2 is live in place of default"));
            Assert.That(unknown.ExitCode, Is.EqualTo(1), unknown.ToString());
            Assert.That(unknown.Error, Does.Contain($"there are: {id}"));
        }
    }

    [Test]
    public async Task A_report_that_can_not_be_written_is_a_note_and_the_rollout_ends_as_it_does()
    {
        await using var bench = new Workbench();
        Directory.CreateDirectory(Path.Combine(bench.Folder, "artifacts", "report.html"));

        var run = await bench.RunAsync("--target=Blue");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("The report artifacts/report.html could not be written: "));
        Assert.That(run.Output, Does.Not.Contain("  report "));
    }
}
