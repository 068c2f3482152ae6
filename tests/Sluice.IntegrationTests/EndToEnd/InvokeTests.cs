using Newtonsoft.Json.Linq;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
public sealed class InvokeTests
{
    [Test]
    public async Task The_sample_is_answered_as_a_list_of_records_and_the_candidate_is_reached_at_0_percent()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("--target=Green");

        var stable = await bench.RunAsync("--target=Invoke");
        var candidate = await bench.RunAsync("--target=Invoke", "--deployment-name=green-2");
        var nobody = await bench.RunAsync("--target=Invoke", "--deployment-name=green-3");

        Assert.That(stable.ExitCode, Is.Zero, stable.ToString());
        Assert.That(candidate.ExitCode, Is.Zero, candidate.ToString());
        Assert.That(nobody.ExitCode, Is.EqualTo(1));
        Assert.That(nobody.Error, Does.Contain("Endpoint heart-classifier has no deployment green-3; these are there: green-2, default."));
        var (fromStable, fromCandidate) = (JArray.Parse(stable.Output), JArray.Parse(candidate.Output));
        Assert.Multiple(() =>
        {
            Assert.That((double)fromStable[0]["probability"]!, Is.InRange(0.0, 1.0));
            Assert.That((int)fromCandidate[0]["target"]!, Is.AnyOf(0, 1));
            Assert.That(fromCandidate.ToString(), Is.Not.EqualTo(fromStable.ToString()), "Both answers came from one version.");
        });
    }

    [Test]
    public async Task A_request_that_the_model_refuses_says_so_as_Azure_does()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("--target=Blue");
        var request = Path.Combine(bench.Folder, "request.json");
        await File.WriteAllTextAsync(request, """{"input_data": {"columns": ["age"], "data": [[48]]}}""");

        var run = await bench.RunAsync("--target=Invoke", $"--request-file={request}");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Error, Does.Contain("424").And.Contain("500"));
        });
    }

    [Test]
    public async Task Logs_show_the_container_of_a_deployment()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("--target=Blue");

        var run = await bench.RunAsync("--target=Logs", "--deployment-name=default");
        var nobody = await bench.RunAsync("--target=Logs", "--deployment-name=green-3");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("Container logs"));
        Assert.That(nobody.ExitCode, Is.EqualTo(1));
        Assert.That(
            nobody.Error,
            Does.Contain("Endpoint heart-classifier has no deployment green-3; these are there: default.").And.Not.Contain("Promote"));
    }
}
