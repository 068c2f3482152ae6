namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
public sealed class RolloutTests
{
    private static readonly string[] Line = ["Register", "Endpoint", "Blue", "Green", "Canary", "Promote"];

    [Test]
    public async Task One_command_rolls_the_new_version_out_and_a_second_one_finds_nothing_to_do()
    {
        await using var bench = new Workbench();

        var first = await bench.RunAsync("--target=Promote");
        var second = await bench.RunAsync("--target=Promote");

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.ToString());
            Assert.That(first.Output, Does.Contain("traffic    green-2 100 %").And.Match(@"requests   \d+ sent, 0 failed"));
            Assert.That(second.ExitCode, Is.Zero, second.ToString());
            Assert.That(second.Output, Does.Contain("nothing to do").And.Not.Contain("shift traffic"));
        });
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("green-2=100"));
    }

    [Test]
    public async Task Each_stage_alone_in_a_process_of_its_own_ends_in_the_same_state_as_one_run()
    {
        await using var whole = new Workbench();
        await using var staged = new Workbench();
        await whole.RunAsync("--target=Cleanup");

        foreach (var stage in Line.Append("Cleanup"))
        {
            var run = await staged.StartIn(Path.GetTempPath(), $"--target={stage}", "--exclusive").EndAsync();
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
        }

        var (expected, found) = (await whole.StatusAsync(), await staged.StatusAsync());
        foreach (var status in new[] { expected, found })
        {
            ((Newtonsoft.Json.Linq.JObject)status["endpoint"]!).Remove("scoringUri");
            ((Newtonsoft.Json.Linq.JObject)status["rollout"]!).Remove("id");
            Assert.That((string?)status.SelectToken("progress.outcome"), Is.EqualTo("Done"));

            // What is told of a rollout in time is another one's each time, and the next commands name the desk's configuration.
            foreach (var told in new[] { "time", "progress", "notes", "next", "nextCommands" })
            {
                Assert.That(status.Remove(told), told);
            }

            ((Newtonsoft.Json.Linq.JObject)status["deployments"]![0]!).Remove("requests");
        }

        Assert.That(found.ToString(), Is.EqualTo(expected.ToString()));
        Assert.That(found["deployments"]!.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_candidate_that_is_made_worse_leaves_what_serves_as_it_is_though_that_was_one_before()
    {
        await using var bench = new Workbench();
        var first = await bench.RunAsync("--target=Promote");
        bench.Append(Path.Combine("models", "heart-classifier", "v2", "MLmodel"), "# Another version.\n");

        var worse = await bench.RunAsync("--target=Promote", "--inject=errors=1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.Zero, first.ToString());
            Assert.That(worse.ExitCode, Is.EqualTo(3), worse.ToString());
            Assert.That(worse.Output, Does.Contain("green-3 failed at 10 %"));
        }

        Assert.That(await bench.TrafficAsync(), Is.EqualTo("green-2=100"));
    }

    [Test]
    public async Task Rollback_in_the_middle_of_a_canary_restores_blue_and_the_canary_does_not_fight_it()
    {
        await using var bench = new Workbench(config => config["rollout"]!["steps"]![0]!["bake"] = "60s");
        var canary = bench.Start("--target=Promote");
        await canary.WaitForOutputAsync("green-2: 10 probes");

        var rollback = await bench.RunAsync("--target=Rollback");
        var ended = await canary.EndAsync();

        Assert.Multiple(() =>
        {
            Assert.That(rollback.ExitCode, Is.Zero, rollback.ToString());
            Assert.That(ended.ExitCode, Is.EqualTo(3), ended.ToString());
        });
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("default=100"));
    }

    [Test]
    public async Task Rollback_gives_up_a_candidate_that_waits_and_leaves_the_version_that_serves()
    {
        await using var bench = new Workbench();
        var live = await bench.RunAsync("--target=Promote");
        bench.Append(Path.Combine("models", "heart-classifier", "v2", "note.txt"), "another version");
        var green = await bench.RunAsync("--target=Green");

        var rollback = await bench.RunAsync("--target=Rollback");

        var (traffic, over) = (await bench.TrafficAsync(), await bench.RunAsync("--target=Promote"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { live.ExitCode, green.ExitCode, rollback.ExitCode, over.ExitCode }, Is.EqualTo(new[] { 0, 0, 0, 3 }), $"{rollback}{over}");
            Assert.That(traffic, Is.EqualTo("green-2=100"));
            Assert.That(rollback.Output, Does.Contain("the rollout of green-3 is over"));
            Assert.That(over.Output, Does.Contain("--retry rolls it out again"));
        }
    }

    [Test]
    public async Task Cleanup_leaves_one_deployment_and_deletes_the_endpoint_only_when_told_twice()
    {
        await using var bench = new Workbench();

        var cleanup = await bench.RunAsync("--target=Cleanup");
        var deployments = (await bench.StatusAsync())["deployments"]!.Count();
        var refused = await bench.RunAsync("--target=Cleanup", "--delete-endpoint");
        var kept = await bench.TrafficAsync();
        var deleted = await bench.RunAsync("--target=Cleanup", "--delete-endpoint", "--yes");

        Assert.Multiple(() =>
        {
            Assert.That(cleanup.ExitCode, Is.Zero, cleanup.ToString());
            Assert.That(deployments, Is.EqualTo(1));
            Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
            Assert.That(refused.Error, Does.Contain("--yes"));
            Assert.That(kept, Is.EqualTo("green-2=100"));
            Assert.That(deleted.ExitCode, Is.Zero, deleted.ToString());
        });
        Assert.That((await bench.StatusAsync())["endpoint"]!.Type, Is.EqualTo(Newtonsoft.Json.Linq.JTokenType.Null));
    }

    [Test]
    public async Task A_killed_rollout_goes_on_when_the_same_command_is_run_again()
    {
        await using var bench = new Workbench(config => config["rollout"]!["steps"]![1]!["bake"] = "5s");
        var killed = bench.Start("--target=Promote");
        await killed.WaitForOutputAsync("traffic is default 50 %, green-2 50 %");
        await killed.SignalAsync("KILL");
        await killed.EndAsync();

        var again = await bench.RunAsync("--target=Promote");

        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("green-2=100"));
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public async Task A_signal_ends_the_run_with_its_own_exit_code_and_leaves_the_traffic(string signal, int exitCode)
    {
        await using var bench = new Workbench(config => config["rollout"]!["steps"]![0]!["bake"] = "60s");
        var canary = bench.Start("--target=Promote");
        await canary.WaitForOutputAsync("green-2: 10 probes");

        await canary.SignalAsync(signal);
        var run = await canary.EndAsync();

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("default=90,green-2=10"));
    }
}
