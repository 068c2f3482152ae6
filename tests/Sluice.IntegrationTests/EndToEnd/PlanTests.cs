using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Crashes;
using Sluice.IntegrationTests.Emulator;
using Sluice.IntegrationTests.Faults;
using Sluice.Rollouts.Journal;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>The plan, held against the rollout that follows it and against what the service is asked meanwhile.</summary>
[Category("Integration")]
internal sealed class PlanTests
{
    [Test]
    public async Task What_is_planned_is_what_is_then_done_and_planning_itself_changes_nothing()
    {
        var record = new ServiceRecord();
        await using var emulator = await RunningEmulator.StartAsync(watch: record);
        await using var bench = Workbench.At(emulator);

        var planned = await bench.RunAsync("--target=Plan", "--through=promote", "--output=json", "--detailed-exit-code");
        var asked = record.Requests;
        var done = await bench.RunAsync("--target=Promote");

        Assert.That(planned.ExitCode, Is.EqualTo(10), planned.ToString());
        Assert.That(done.ExitCode, Is.Zero, done.ToString());
        var plan = JObject.Parse(planned.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.Not.Empty);
            Assert.That(asked.Where(ReadOnly.Changes).Select(request => $"{request}"), Is.Empty);
            Assert.That(ActionsOf(plan), Is.EqualTo(await AppliedAsync(emulator)));
            Assert.That(ActionsOf(plan), Has.Count.GreaterThan(10), "The two are alike because there is nothing in them.");
            Assert.That((string?)plan["end"]!["outcome"], Is.EqualTo("Done"));
            Assert.That(plan["steps"]!.Select(step => (string?)step["title"]), Is.EqualTo(new[] { "10 %", "50 %", "100 %" }));
            Assert.That(planned.Error, Is.Empty);
        }
    }

    [Test]
    public async Task A_plan_in_the_middle_of_somebody_elses_rollout_needs_no_lock_and_says_who_holds_it()
    {
        var record = new ServiceRecord();
        await using var emulator = await RunningEmulator.StartAsync(watch: record);
        await using var bench = Workbench.At(emulator, config => config["rollout"]!["steps"]![0]!["bake"] = "60s");
        var rollout = bench.Start("--target=Promote");
        await rollout.WaitForOutputAsync("traffic is default 90 %, green-2 10 %");

        var planned = await bench.RunAsync("--target=Plan", "--output=json");

        Assert.That(rollout.HasEnded, Is.False, rollout.Output);
        Assert.That(planned.ExitCode, Is.Zero, planned.ToString());
        var plan = JObject.Parse(planned.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)plan["notes"]![0], Does.StartWith("Another run holds the endpoint").And.Contain("Promote since"));
            Assert.That(
                ActionsOf(plan).Where(action => action.Contains("shift", StringComparison.Ordinal)),
                Is.EqualTo(new[]
                {
                    "Canary: shift traffic from [default 90 %, green-2 10 %] to [default 50 %, green-2 50 %]",
                    "Promote: shift traffic from [default 50 %, green-2 50 %] to [green-2 100 %]",
                }));
            Assert.That(ActionsOf(plan), Has.None.Contains("create"));
        }
    }

    [Test]
    public async Task The_text_marks_what_is_deleted_and_the_exit_code_tells_a_plan_without_changes()
    {
        await using var bench = new Workbench(config =>
        {
            config["rollout"]!["traffic"] = new JObject { ["requestsPerMinute"] = 60_000 };
            config["rollout"]!["gates"] = JArray.Parse("""[{ "agreement": { "atLeast": 0.5, "minimumPairs": 20 } }]""");
        });

        var before = await bench.RunAsync("--target=Plan");
        var done = await bench.RunAsync("--target=Promote");
        var promoted = await bench.RunAsync("--target=Plan", "--through=promote", "--detailed-exit-code");
        var rest = await bench.RunAsync("--target=Plan", "--detailed-exit-code");

        Assert.That(done.ExitCode, Is.Zero, done.ToString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.ExitCode, Is.Zero, before.ToString());
            Assert.That(before.Output, Does.Match("(?m)^ +[0-9:]+ .* DELETES  Cleanup  delete deployment default: "));
            Assert.That(before.Output, Does.Match("(?m)^  10 % .* 4 +40 +40 +30 +270$"), "Four looks of ten rows to both; 1,000 requests a second for 0.3 s.");
            Assert.That(before.Output, Does.Contain("Chance alone has the one statistical gate send a good candidate back with a probability of at most 5 %,"));
            Assert.That(before.Output, Does.Match("agreement: 20 pairs to pass at all; .* expected \\(enough\\)"));
            Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
            Assert.That(promoted.Output, Does.Contain("nothing to do").And.Not.Contain("looks"));
            Assert.That(before.Output, Does.Match("(?m)^  \\+ deployment green-2$").And.Match("(?m)^  \\+ model version heart-classifier 2$"));
            Assert.That(before.Output, Does.Match("v2 is uploaded as the next version of heart-classifier: 7 files, [0-9,]+ bytes"));
            Assert.That(rest.Output, Does.Match("(?m)^  - deployment default  DELETED$"));
            Assert.That(rest.ExitCode, Is.EqualTo(10), rest.ToString());
            Assert.That(rest.Output, Does.Contain("1 action ahead").And.Contain("delete deployment default"));
        }
    }

    [Test]
    public async Task A_rollout_that_would_fail_is_no_plan_without_changes()
    {
        await using var bench = new Workbench();

        var run = await bench.RunAsync("--target=Plan", "--model-version=99", "--detailed-exit-code");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Output, Does.Contain("failed").And.Not.Contain("nothing to do"));
    }

    [Test]
    public async Task A_plan_of_what_went_back_before_has_the_exit_code_of_that()
    {
        await using var bench = new Workbench();
        var done = await bench.RunAsync("--target=Promote");
        var back = await bench.RunAsync("--target=Rollback");

        var plan = await bench.RunAsync("--target=Plan", "--through=promote", "--detailed-exit-code");

        Assert.That((done.ExitCode, back.ExitCode), Is.EqualTo((0, 0)), $"{done}{back}");
        Assert.That(plan.ExitCode, Is.EqualTo(3), plan.ToString());
        Assert.That(plan.Output, Does.Contain("rolled back before anything is done."));
    }

    [Test]
    public async Task A_plan_of_what_people_have_to_decide_before_anything_is_changed_has_the_exit_code_of_being_held()
    {
        await using var bench = new Workbench(config => config["policy"] = JObject.Parse("""{ "approvals": { "canary": 1 } }"""));
        var before = await bench.RunAsync("--target=Plan");
        var up = await bench.RunAsync("--target=Green");

        var plan = await bench.RunAsync("--target=Plan", "--detailed-exit-code");
        var held = await bench.RunAsync("--target=Promote");

        Assert.That((before.ExitCode, up.ExitCode), Is.EqualTo((0, 0)), "There is something to do before anybody has to decide.");
        Assert.That((plan.ExitCode, held.ExitCode), Is.EqualTo((4, 4)), $"{plan}{held}");
        Assert.That(plan.Output, Does.Contain("0 of 1 approvals are there"));
        Assert.That(held.Output, Does.Match(
            @"(?m)^  next       \./build\.sh --target=Approve --stage=canary\S* .*by somebody who did not start the rollout\r?\n {13}\./build\.sh --target=Promote .*once it is approved"));
    }

    [Test]
    public async Task The_plan_for_a_pull_request_is_Markdown_from_its_first_line_on()
    {
        await using var bench = new Workbench();

        var run = await bench.RunAsync("--target=Plan", "--output=markdown", "--detailed-exit-code");
        var refused = await bench.RunAsync("--target=Status", "--output=markdown");

        Assert.That(run.ExitCode, Is.EqualTo(10), run.ToString());
        Assert.That(run.Output, Does.StartWith("## Plan for endpoint heart-classifier").And.Contain("\n```diff\n+ model version heart-classifier 1\n"));
        Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
        Assert.That(refused.Error, Does.Contain("--output is 'markdown', which Plan alone prints; allowed: text, json."));
    }

    [Test]
    public async Task What_the_usual_traffic_is_too_small_for_is_told_with_the_plan_and_what_is_not_known_is_named()
    {
        await using var bench = new Workbench(config =>
        {
            config["rollout"]!["gates"] = JArray.Parse("""[{ "errors": {} }, { "name": "late", "latency": { "objective": "100ms" } }]""");
            config["rollout"]!["patience"] = "1m";
        });

        var run = await bench.RunAsync("--target=Plan");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("What callers send is not known: rollout.traffic.requestsPerMinute says it."));
        Assert.That(run.Output, Does.Contain("An error rate of 1 % is assumed"));
        Assert.That(run.Output, Does.Match(@"(?m)^Note: .*local\.json\(\d+,\d+\): Gate late needs 1 minute of telemetry"));
        Assert.That(run.Error, Is.Empty, "Notes are part of the plan.");
    }

    [Test]
    public async Task Without_a_sign_in_a_plan_on_Azure_ends_with_what_is_missing()
    {
        await using var bench = Workbench.OnAzureWithoutSignIn();

        var run = await bench.RunAsync("--target=Plan");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Error, Does.Contain("The credential environment needs the environment variables AZURE_TENANT_ID"));
            Assert.That(run.Output, Is.Empty);
        }
    }

    [Test]
    public async Task A_plan_is_no_rehearsal()
    {
        await using var bench = new Workbench();

        var run = await bench.RunAsync("--target=Plan", "--rehearse");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Error, Does.Contain("--rehearse means nothing to the target Plan"));
    }

    private static List<string> ActionsOf(JObject plan) => [.. plan["actions"]!.Select(action => $"{action["stage"]}: {action["action"]}")];

    /// <summary>What the journal tells of as begun; looks are no part of a plan's actions.</summary>
    private static async Task<List<string>> AppliedAsync(RunningEmulator emulator)
    {
        var blob = (await BlobClients.ModelsAsync(emulator)).GetBlobClient($"sluice/{Leftovers.Endpoint}/journal.jsonl");
        var journal = JournalFormat.Read((await blob.DownloadContentAsync()).Value.Content.ToMemory().Span);
        var applied = new List<string>();
        var stage = "";
        foreach (var happened in journal.Events)
        {
            switch (happened)
            {
                case StageStarted started:
                    stage = $"{started.Stage}";
                    break;
                case ActionStarted action when !action.Action.StartsWith("send ", StringComparison.Ordinal):
                    applied.Add($"{stage}: {action.Action}");
                    break;
            }
        }

        return applied;
    }
}
