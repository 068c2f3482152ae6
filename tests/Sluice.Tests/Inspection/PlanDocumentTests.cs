using Sluice.Inspection;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Changes;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Inspection;

[Category("Unit")]
internal sealed class PlanDocumentTests
{
    [Test]
    public async Task The_next_version_is_a_diff_of_all_that_becomes_another_one()
    {
        var rehearsal = await NextVersionAsync();

        var text = string.Join("\n", PlanText.Lines(await Looked.PlanAsync(rehearsal)));

        Assert.That(text, Does.Contain("""
              + model version heart 3
                  type                   Mlflow
                  content                digest-of-v3
              ~ endpoint heart-endpoint
                  traffic                green-2 100 % → green-3 100 %
                  rollout                default → green-2: Completed → green-2 → green-3: Completed
              - deployment default  DELETED
            """));
        Assert.That(text, Does.Match("(?m)^  - deployment green-2  DELETED$"));
        Assert.That(text, Does.Match("(?s)\\+ deployment green-3\n      state                  Succeeded\n      serves                 heart version 3\n"
            + "      traffic                100 %\n      instance type          Standard_DS3_v2\n      instances              2\n"
            + "      tag sluice-digest      digest-of-v3"));
        Assert.That(text, Does.Contain("/models/heart/v3 is uploaded as the next version of heart: 7 files, 12,345 bytes (12.3 kB)"));
        Assert.That(text, Does.Contain("Warning: green-2 is deleted, which served before green-3: after that there is no way back to it."));
    }

    [Test]
    public async Task The_traffic_is_drawn_now_and_after_each_shift()
    {
        var rehearsal = await NextVersionAsync();

        var lines = PlanText.Lines(await Looked.PlanAsync(rehearsal, Stage.Promote)).SkipWhile(line => line != "  traffic").Skip(1).Take(4);

        Assert.That(lines.Select(line => line.TrimEnd()), Is.EqualTo(new[]
        {
            "  now                green-2        ██████████ 100 %",
            "   0:05:00 Canary    green-2        █████████·  90 %   green-3        █·········  10 %",
            "   0:10:20 Canary    green-2        █████·····  50 %   green-3        █████·····  50 %",
            "   0:15:41 Promote   green-3        ██████████ 100 %",
        }));
    }

    [Test]
    public async Task The_timetable_adds_up_what_actions_take_and_what_is_waited_for()
    {
        var rehearsal = await NextVersionAsync();

        var plan = await Looked.PlanAsync(rehearsal);

        foreach (var (action, next) in plan.Actions.Zip(plan.Actions.Skip(1)))
        {
            Assert.That(next.BeginsSeconds, Is.EqualTo(action.BeginsSeconds + action.TakesSeconds + action.WaitsSeconds).Within(0.15), next.Action);
        }

        Assert.That(plan.Actions[0].BeginsSeconds, Is.Zero);
        Assert.That(plan.Actions.Sum(action => action.WaitsSeconds), Is.EqualTo(20 * 60), "two steps of 5 minutes and a final bake of 10");
        Assert.That(plan.ExpectedSeconds, Is.EqualTo(plan.Actions[^1].BeginsSeconds + plan.Actions[^1].TakesSeconds).Within(0.15));
    }

    [Test]
    public async Task A_bake_that_has_begun_is_planned_for_the_time_that_is_left()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        var whole = await Looked.PlanAsync(rehearsal, Stage.Promote);
        rehearsal.Time.Advance(TimeSpan.FromMinutes(3));

        var rest = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.That(whole.ExpectedSeconds - rest.ExpectedSeconds, Is.EqualTo(180).Within(1));
    }

    [Test]
    public async Task Both_versions_count_at_the_peak_with_the_reserve_that_Azure_keeps_of_each()
    {
        var rehearsal = await NextVersionAsync();

        var size = (await Looked.PlanAsync(rehearsal)).Instances.Single();

        // default has 1 instance, green-2 and green-3 have 2 each: 1 + 2 + 2, and ⌈1.2⌉ + ⌈2.4⌉ + ⌈2.4⌉.
        Assert.That((size.InstanceType, size.Now, size.Peak, size.Then, size.Quota), Is.EqualTo(("Standard_DS3_v2", 3, 5, 2, (int?)8)));

        // Two instances from the 1st second to the deletion of the old version, less what the first deletion frees.
        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);
        var create = plan.Actions.Single(action => action.Action.StartsWith("create deployment", StringComparison.Ordinal));
        Assert.That(plan.Instances.Single().AddedHours, Is.EqualTo(2 * (plan.ExpectedSeconds - create.BeginsSeconds) / 3600).Within(0.002));
    }

    [Test]
    public async Task A_cluster_of_ones_own_keeps_no_reserve()
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.Spec = rehearsal.Spec with { Endpoint = rehearsal.Spec.Endpoint with { Compute = "cluster" } };

        var plan = await Looked.PlanAsync(rehearsal);

        Assert.That(plan.Instances.Single().Quota, Is.Null);
        Assert.That(string.Join("\n", PlanText.Lines(plan)), Does.Not.Contain("reserves"));
    }

    [Test]
    public async Task A_size_that_Azure_reserves_nothing_of_has_no_quota_of_its_own()
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.Spec = rehearsal.Spec with { Green = rehearsal.Spec.Green with { InstanceType = "standard_nc24ads_a100_v4" } };

        var plan = await Looked.PlanAsync(rehearsal);

        var size = plan.Instances.Single(size => size.InstanceType == "standard_nc24ads_a100_v4");
        Assert.That((size.Peak, size.Quota), Is.EqualTo((2, (int?)null)));
    }

    [Test]
    public async Task What_is_said_beside_chance_is_how_many_good_candidates_failed_probes_send_back()
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with { Traffic = new(600, 0.01) });

        var plan = await Looked.PlanAsync(rehearsal);

        Assert.That(plan.FalseRollback.OfProbes, Is.EqualTo(RolloutFigures.Of(rehearsal.Spec).ProbesFail));
        Assert.That(PlanText.Lines(plan), Has.Some.Match(
            "^Failed probes send back a candidate that fails as often as usual \\(1 %\\) with a probability of [\\d.]+ %, beside that: "
            + "the limit on them \\(rollout.gate.maximumErrorRate\\) is no test\\.$"));
    }

    [Test]
    public async Task What_steps_before_bring_is_said_at_the_share_of_the_step_and_what_is_needed_in_whole_numbers()
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with { Traffic = new(600, 0.01), Gates = [new ErrorsRule("errors")] });

        var plan = await Looked.PlanAsync(rehearsal);

        var figure = plan.Steps[1].Gates.Single(figure => figure.Kind == FigureKind.FindRegression);
        Assert.That(figure.Needed, Is.EqualTo(Math.Ceiling(RolloutFigures.Of(rehearsal.Spec).Steps[1].Gates.Single(found => found.Kind == FigureKind.FindRegression).Needed!.Value)));
        Assert.That(string.Join("\n", PlanText.Lines(plan)), Does.Match(
            $" {figure.Needed:#,0} requests of the candidate to find .*; what came before is worth [\\d,]+ at this share, and [\\d,]+ expected \\("));
    }

    [Test]
    public async Task Nothing_to_do_is_said_in_a_word_and_shows_no_change()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();

        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.That(plan.HasChanges, Is.False);
        Assert.That((plan.Changes.Count, plan.Instances.Count, plan.Uploads.Count, plan.Warnings.Count), Is.EqualTo((0, 0, 0, 0)));
        Assert.That(PlanText.Lines(plan).First(), Is.EqualTo("Endpoint heart-endpoint in workspace workspace: nothing to do."));
    }

    [TestCase(Outcome.Failed, "failed before anything is done.")]
    [TestCase(Outcome.Held, "held before anything is done.")]
    public async Task A_plan_without_actions_that_does_not_end_well_does_not_say_that_there_is_nothing_to_do(Outcome outcome, string words)
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote) with { End = new(outcome, "Why.") };

        Assert.That(PlanText.Lines(plan).First(), Is.EqualTo($"Endpoint heart-endpoint in workspace workspace: {words}"));
        Assert.That(PlanMarkdown.Lines(plan), Has.Some.EqualTo($"Workspace workspace: {words}"));
    }

    [Test]
    public async Task All_traffic_at_once_is_warned_of()
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with { Steps = [] });

        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.That(plan.Warnings, Is.EqualTo(new[] { "green-3 gets all traffic at once: no step before lets it earn any." }));
    }

    [TestCase(2, "Standard_DS3_v2", false)]
    [TestCase(5, "Standard_DS3_v2", true)]
    [TestCase(5, "Standard_F2s_v2", false)]
    public async Task A_candidate_with_fewer_instances_than_what_serves_has_now_is_warned_of_once(int instances, string type, bool isWarnedOf)
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.Change("green-2", deployment => deployment with { InstanceCount = instances, InstanceType = type });

        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.That(plan.Warnings, Is.EqualTo(isWarnedOf
            ? new[]
            {
                "green-3 takes over with 2 × Standard_DS3_v2; green-2, which serves, has 5 of them now. A rollout scales nothing: where the load needs "
                + "them, say so in green's instance_count.",
            }
            : []));
    }

    [Test]
    public async Task A_version_that_would_replace_a_newer_one_is_warned_of()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        await rehearsal.RunAsync(Stage.Cleanup);
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Spec = Specs.First;

        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.That(plan.Warnings, Is.EqualTo(new[]
        {
            "green-2 has version 2 of heart, and green-3, which it is to replace, has version 3: an older one is rolled out over a newer one.",
        }));
    }

    [Test]
    public async Task A_deployment_that_is_made_anew_is_deleted_and_created()
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.SomebodyDeploys("green-3", "3", ProvisioningState.Failed);
        rehearsal.Change("green-3", deployment => deployment with { Tags = RoleTags.OfDeployment(rehearsal.Spec.Green, Role.Candidate, digest: null) });

        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.That(
            plan.Changes.Where(change => change.Name == "green-3").Select(change => change.Kind),
            Is.EqualTo(new[] { ChangeKind.Deleted, ChangeKind.Created }));
        Assert.That(plan.Warnings, Has.One.EqualTo("green-3 is Failed: it is deleted, and can't be had back."));
    }

    [Test]
    public async Task A_candidate_that_another_one_has_overtaken_is_warned_of()
    {
        var rehearsal = new Rehearsal(Specs.Second);
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue);
        rehearsal.Time.Advance(TimeSpan.FromHours(1));
        await rehearsal.RunAsync(Stage.Green);
        rehearsal.Time.Advance(TimeSpan.FromHours(1));
        rehearsal.Spec = Specs.First;
        await rehearsal.RunAsync(Rehearsal.Line);

        var plan = await Looked.PlanAsync(rehearsal);

        Assert.That(plan.Warnings, Has.One.EqualTo(
            "green-2 is deleted, which is newer than default that green-3 has replaced: where it still waits for its canary, the stage Green makes it anew."));
    }

    [Test]
    public async Task Mirrored_traffic_shows_beside_live_traffic()
    {
        var rehearsal = await NextVersionAsync();
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with
        {
            Steps = [new Step(0, TimeSpan.FromMinutes(1)) { Mirror = 20 }, .. strategy.Steps],
        });

        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.That(plan.Shifts.Select(shift => shift.MirrorTraffic.GetValueOrDefault("green-3")), Is.EqualTo(new[] { 0, 20, 0, 0, 0 }));
        Assert.That(string.Join("\n", PlanText.Lines(plan)), Does.Contain("100 %   green-3 mirrors 20 %"));
    }

    private static async Task<Rehearsal> NextVersionAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        return rehearsal;
    }
}
