using Sluice.Rollouts;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class FailingCandidateTests
{
    [Test]
    public async Task A_candidate_that_fails_its_smoke_test_is_made_anew_when_a_person_wants_that()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";

        var failed = await rehearsal.RunAsync(Rehearsal.Line);
        var again = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);
        var made = rehearsal.Actions.Count(action => action is CreateDeployment { Name: "green-2" });
        rehearsal.Scoring.Answers = (_, _) => true;
        rehearsal.Spec = rehearsal.Spec with { Green = rehearsal.Spec.Green with { EnvironmentVariables = rehearsal.Spec.Green.EnvironmentVariables.Add("MENDED", "1") } };
        var done = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(failed.Why, Does.StartWith("Deployment green-2 failed its smoke test: ").And.EndsWith("--retry makes it anew."));
            Assert.That((again.Stage, again.Outcome), Is.EqualTo((Stage.Green, Outcome.Failed)), again.Why);
            Assert.That(made, Is.EqualTo(2), "once a run");
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task A_candidate_on_other_machines_than_wanted_is_not_passed_over_in_silence()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        rehearsal.Spec = rehearsal.Spec with { Green = rehearsal.Spec.Green with { InstanceCount = 3 } };

        var told = await rehearsal.RunAsync(Rehearsal.Line);
        var done = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(told.Outcome, Is.EqualTo(Outcome.Failed));
            Assert.That(told.Why, Is.EqualTo(
                "Deployment green-2 has 2 × Standard_DS3_v2, and wanted are 3 × Standard_DS3_v2. --retry makes it anew."));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Workspace.Endpoint.Deployment("green-2")!.InstanceCount, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task A_candidate_that_fails_its_smoke_test_gets_no_traffic()
    {
        var rehearsal = new Rehearsal { Scoring = { Answers = (deployment, _) => deployment == "default" } };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((result.Stage, result.Outcome), Is.EqualTo((Stage.Green, Outcome.Failed)));
            Assert.That(result.Why, Is.EqualTo(
                "Deployment green-2 failed its smoke test: sample.json got HTTP 424 (the model answered 500): the model did not answer. --retry makes it anew."));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Notes, Has.Some.EqualTo("The log of green-2's container ends so:\nthe container's last words"));
            Assert.That(result.Next.Lines, Has.Some.Contains("--target=Logs --deployment-name=green-2").And.Some.Contains("shows what its container wrote"));
        });
    }

    [Test]
    public async Task A_candidate_that_fails_between_Green_and_Canary_gets_no_traffic()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
        });
    }

    [TestCase(10, Stage.Canary)]
    [TestCase(50, Stage.Canary)]
    [TestCase(100, Stage.Promote)]
    public async Task A_candidate_that_fails_at_a_weight_goes_back_to_zero_at_once(int weight, Stage stage)
    {
        var rehearsal = new Rehearsal();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Traffic["green-2"] < weight;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((result.Stage, result.Outcome), Is.EqualTo((stage, Outcome.RolledBack)));
            Assert.That(result.Why, Does.StartWith($"green-2 failed at {weight} %: gate probes says Fail: 10 of 10 probes failed, at most 10 % may;"));
            Assert.That(result.Why, Does.EndWith("default has all traffic again."));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-1", "default", "green-2", RolloutStatus.RolledBack)));
            Assert.That(rehearsal.Workspace.Writes.TakeLast(2), Is.EqualTo(new[] { "set traffic", "tag deployment" }));
            Assert.That(rehearsal.Workspace.Endpoint.Deployment("green-2")!.Tags["sluice-verdict"], Is.EqualTo("rejected"));
        });
    }

    [Test]
    public async Task A_candidate_that_went_back_is_not_rolled_out_again_until_a_person_wants_that()
    {
        var rehearsal = new Rehearsal();
        var healed = false;
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || healed || rehearsal.Traffic["green-2"] < 50;
        var rollout = rehearsal.NewRollout();
        await Rehearsal.RunAsync(rollout, Rehearsal.Line, CancellationToken.None);
        healed = true;

        var same = await Rehearsal.RunAsync(rollout, [Stage.Canary, Stage.Promote], CancellationToken.None);
        var next = await rehearsal.RunAsync(Rehearsal.Line);
        var promote = await rehearsal.RunAsync(Stage.Promote);
        var retried = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(same, Has.Property("Outcome").EqualTo(Outcome.RolledBack).And.Property("Actions").EqualTo(0));
            Assert.That(next, Has.Property("Outcome").EqualTo(Outcome.RolledBack).And.Property("Stage").EqualTo(Stage.Green), next.Why);
            Assert.That(next.Why, Does.StartWith("green-2 was taken back before, and --retry rolls it out again: green-2 failed at 50 %: "), "the journal knows why");
            Assert.That(promote.Outcome, Is.EqualTo(Outcome.RolledBack), promote.Why);
            Assert.That(retried.Outcome, Is.EqualTo(Outcome.Done), retried.Why);
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-4", "default", "green-2", RolloutStatus.Completed)));
            Assert.That(rehearsal.Workspace.Endpoint.Deployment("green-2")!.Tags["sluice-verdict"], Is.EqualTo("retried"));
        });
    }

    [Test]
    public async Task A_deployment_that_fails_to_come_up_is_replaced_by_the_next_run()
    {
        var rehearsal = new Rehearsal { Workspace = { SettlesAs = Fails("green-2") } };

        Assert.That(
            async () => await rehearsal.RunAsync(Rehearsal.Line),
            Throws.InstanceOf<WorkspaceCallException>().With.Property("ContainerLog").EqualTo("the container's last words"));
        rehearsal.Workspace.SettlesAs = _ => ProvisioningState.Succeeded;
        var next = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(next.Outcome, Is.EqualTo(Outcome.Done), next.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(rehearsal.Workspace.Writes.Count(write => write == "delete deployment"), Is.EqualTo(1));
        });
    }

    [TestCase("default")]
    [TestCase("green-2")]
    public void A_creation_that_is_called_a_success_and_is_none_ends_the_run(string name)
    {
        var rehearsal = new Rehearsal { Workspace = { SettlesAs = Fails(name), TellsFailures = false } };

        Assert.Multiple(() =>
        {
            Assert.That(
                async () => await rehearsal.RunAsync(Rehearsal.Line),
                Throws.InstanceOf<RolloutException>().With.Message.EndsWith($"the service called it done, but deployment {name} is Failed."));
            Assert.That(rehearsal.Deployments, Does.Contain(name), "its log is still to be read");
        });
    }

    [TestCase(10)]
    [TestCase(50)]
    [TestCase(100)]
    public async Task A_candidate_that_breaks_under_traffic_goes_back(int weight)
    {
        var rehearsal = await Rehearsal.AtStepAsync(weight);
        rehearsal.Change("green-2", deployment => deployment with { State = ProvisioningState.Failed });

        var result = await rehearsal.RunAsync(Stage.Canary, Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack));
            Assert.That(result.Why, Is.EqualTo("Deployment green-2 is Failed. default has all traffic again."));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
        });
    }

    [Test]
    public async Task A_candidate_that_breaks_after_it_passed_the_canary_goes_back_instead_of_up()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary);
        rehearsal.Change("green-2", deployment => deployment with { State = ProvisioningState.Failed });

        var result = await rehearsal.RunAsync(Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
        });
    }

    [TestCase(10)]
    [TestCase(100)]
    public async Task Where_neither_can_serve_a_person_decides(int weight)
    {
        var rehearsal = await Rehearsal.AtStepAsync(weight);
        var before = rehearsal.Traffic;
        rehearsal.Change("green-2", deployment => deployment with { State = ProvisioningState.Failed });
        rehearsal.Change("default", deployment => deployment with { State = ProvisioningState.Failed });

        var result = await rehearsal.RunAsync(Stage.Canary, Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Why, Does.Contain("default").And.Contain("Failed").And.EndsWith($"Traffic stays [{before}]."));
            Assert.That(rehearsal.Traffic, Is.EqualTo(before));
        });
    }

    [Test]
    public async Task A_broken_stable_deployment_stops_the_canary_before_it_begins()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        rehearsal.Change("default", deployment => deployment with { State = ProvisioningState.Failed });

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Why, Is.EqualTo("Deployment default, which serves, is Failed. Traffic stays [default 100 %]."));
        });
    }

    private static Func<DeploymentState, ProvisioningState> Fails(string name) =>
        deployment => deployment.Name == name ? ProvisioningState.Failed : ProvisioningState.Succeeded;
}
