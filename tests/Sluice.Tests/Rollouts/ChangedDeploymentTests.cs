using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Inspection;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>What a candidate is made from changes after it was made.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class ChangedDeploymentTests
{
    private const string Differs = "Deployment green-2 differs from the configuration in its code";

    private static readonly ScoringCodeSpec Script = new(new AssetFolder("/code", "digest-of-script"), "score.py");
    private static readonly ScoringCodeSpec Mended = Script with { Source = new AssetFolder("/code", "digest-of-mended-script") };

    private static string? CodeOf(Rehearsal rehearsal) => rehearsal.Workspace.Endpoint.Deployment("green-2")!.SpecDigest!.Code;

    [Test]
    public async Task A_candidate_that_waits_is_made_anew_when_a_person_wants_that_and_once()
    {
        var rehearsal = await WaitingAsync();

        var plan = await Looked.PlanAsync(rehearsal);
        var told = await rehearsal.RunAsync(Rehearsal.Line);
        var status = await Looked.StatusAsync(rehearsal);
        var writes = rehearsal.Workspace.Writes.Count;
        var done = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);
        var again = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((told.Stage, told.Outcome, told.Why), Is.EqualTo((Stage.Green, Outcome.Failed, $"{Differs}. --retry makes it anew.")));
            Assert.That((plan.End.Why, plan.Notes.Count), Is.EqualTo((told.Why, 0)), "once");
            Assert.That((status.Progress!.Waits, status.Notes.Count), Is.EqualTo((told.Why, 0)), "once");
            Assert.That(rehearsal.Workspace.Writes.Skip(writes).Take(2), Is.EqualTo(new[] { "delete deployment", "create deployment" }));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(CodeOf(rehearsal), Is.EqualTo(SpecDigest.Of(rehearsal.Spec.Green).Code));
            Assert.That(again, Has.Property("Outcome").EqualTo(Outcome.Done).And.Property("Actions").EqualTo(0), again.Why);
        });
    }

    [Test]
    public async Task A_run_that_dies_while_it_makes_one_anew_is_gone_on_with_by_the_same_command(
        [Values("delete deployment", "create deployment")] string call, [Values] CallMoment moment, [Values] bool retries)
    {
        var rehearsal = await WaitingAsync();
        using var process = new CancellationTokenSource();
        rehearsal.Workspace.OnCall = reached =>
        {
            if (reached.Name == call && reached.Moment == moment)
            {
                process.Cancel();
            }
        };
        var dying = rehearsal.NewRollout(request => request with { Retry = true });
        Assert.That(
            async () => await Rehearsal.RunAsync(dying, Rehearsal.Line, process.Token), Throws.InstanceOf<OperationCanceledException>());
        rehearsal.Workspace.OnCall = _ => { };
        var wasSent = call == "create deployment" || moment != CallMoment.Before;

        var result = await rehearsal.RunAsync(request => request with { Retry = retries }, Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(wasSent || retries ? Outcome.Done : Outcome.Failed), result.Why);
        Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
        Assert.That(CodeOf(rehearsal), wasSent || retries ? Is.EqualTo(SpecDigest.Of(rehearsal.Spec.Green).Code) : Is.Not.Null);
        Assert.That(
            rehearsal.Workspace.Writes.Count(write => write == "create deployment"), Is.EqualTo(wasSent || retries ? 3 : 2), "the first, the candidate, and it once more");
    }

    [Test]
    public async Task A_candidate_that_was_rejected_is_made_anew_by_another_try()
    {
        var rehearsal = Made();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Traffic["green-2"] < 50;
        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Scoring.Answers = (_, _) => true;
        Change(rehearsal);

        var plan = await Looked.PlanAsync(rehearsal);
        var status = await Looked.StatusAsync(rehearsal);
        var done = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Notes, Has.One.EqualTo($"{Differs}. --retry makes it anew."));
            Assert.That(status.Notes, Has.One.EqualTo($"{Differs}. --retry makes it anew."));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Actions.Count(action => action is CreateDeployment { Name: "green-2" }), Is.EqualTo(2));
            Assert.That(CodeOf(rehearsal), Is.EqualTo(SpecDigest.Of(rehearsal.Spec.Green).Code));
        });
    }

    [TestCase(10)]
    [TestCase(100)]
    public async Task A_candidate_with_traffic_stays_as_it_is_and_plan_and_status_say_so(int weight)
    {
        var rehearsal = await Rehearsal.AtStepAsync(weight, WithScript(Specs.First));
        Change(rehearsal);

        var plan = await Looked.PlanAsync(rehearsal);
        var status = await Looked.StatusAsync(rehearsal);
        var done = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);
        var after = await Looked.PlanAsync(rehearsal, Stage.Promote);

        Assert.Multiple(() =>
        {
            foreach (var notes in new[] { plan.Notes, status.Notes, after.Notes })
            {
                Assert.That(notes, Has.One.StartsWith($"{Differs}. It stays as it is, for it is made anew only before its canary"));
            }

            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Workspace.Writes, Has.None.EqualTo("delete deployment"));
            Assert.That(after.HasChanges, Is.False);
            Assert.That(CodeOf(rehearsal), Is.EqualTo(SpecDigest.Of(WithScript(Specs.First).Green).Code));
        });
    }

    [Test]
    public async Task Nothing_is_noted_while_nothing_has_changed()
    {
        var rehearsal = Made();
        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That((await Looked.PlanAsync(rehearsal)).Notes, Is.Empty);
        Assert.That((await Looked.StatusAsync(rehearsal)).Notes, Is.Empty);
    }

    [Test]
    public async Task What_was_measured_of_the_one_before_is_no_evidence_on_the_one_that_was_made_anew()
    {
        var rehearsal = Made(Specs.First.With(strategy => strategy with
        {
            Gates =
            [
                new AgreementRule("agreement") { AtLeast = 0.9, MinimumPairs = 20, On = Consequences.Default with { Fail = Consequence.Hold } },
            ],
        }) with
        {
            Probes = Specs.First.Probes with { Rows = [.. Enumerable.Range(0, 100).Select(row => $$"""{"row":{{row}}}""")] },
        });
        rehearsal.Scoring.Bodies = (deployment, _) => deployment == "green-2" ? "[0]" : "[1]";
        var held = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Scoring.Bodies = (_, _) => "[1]";
        Change(rehearsal);

        var done = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Canary, Outcome.Held)), held.Why);
        Assert.That(held.Why, Does.StartWith("green-2 gets no traffic: gate agreement says Fail"));
        Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        Assert.That(rehearsal.Mark!.RolloutId, Is.EqualTo("rollout-1"), "the same rollout");
    }

    private static Rehearsal Made(RolloutSpec? spec = null) => new(WithScript(spec ?? Specs.First));

    private static async Task<Rehearsal> WaitingAsync()
    {
        var rehearsal = Made();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        Change(rehearsal);
        return rehearsal;
    }

    private static void Change(Rehearsal rehearsal) => rehearsal.Spec = rehearsal.Spec with { Green = rehearsal.Spec.Green with { Code = Mended } };

    private static RolloutSpec WithScript(RolloutSpec spec) => spec with
    {
        Green = spec.Green with { Code = Script, Environment = new RegisteredAsset("sklearn", "3") },
    };
}
