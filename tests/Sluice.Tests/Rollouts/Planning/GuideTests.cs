using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts.Planning;

[Category("Unit")]
internal sealed class GuideTests
{
    private static readonly Commands Commands = new(target => $"run {target}", "run it");

    [TestCase(ProvisioningState.Failed, false, ExpectedResult = "run Cleanup --delete-endpoint --yes; run it")]
    [TestCase(ProvisioningState.Canceled, false, ExpectedResult = "run Cleanup --delete-endpoint --yes; run it")]
    [TestCase(ProvisioningState.Creating, false, ExpectedResult = "run Status; run it")]
    [TestCase(ProvisioningState.Failed, true, ExpectedResult = "run Status; run it")]
    public string An_endpoint_that_was_not_created_successfully_is_to_be_deleted_first(ProvisioningState state, bool hasServed) => After(
        Of(new() { Name = Specs.Endpoint, State = state, ScoringUri = hasServed ? new Uri("https://heart.example/score") : null }),
        Stage.Endpoint,
        new(Outcome.Failed, "It failed."));

    [TestCase(Stage.Cleanup, ExpectedResult = "run Promote")]
    [TestCase(Stage.DeleteEndpoint, ExpectedResult = "run Promote")]
    public string Where_there_is_no_endpoint_any_more_nothing_can_be_invoked(Stage stage) => After(Of(null), stage, new(Outcome.Done, "Done."));

    [Test]
    public void A_stage_that_lacks_what_another_one_brings_names_that_one() => Assert.That(
        After(Serving(("default", 100)), Stage.Canary, new(Outcome.Failed, "It is not up.") { Brings = Stage.Green }), Is.EqualTo("run Green"));

    [Test]
    public void A_stage_that_would_be_held_is_not_the_next_one_but_what_takes_its_obstacle_away() => Assert.That(
        After(Serving(("default", 90), ("green-2", 10)), Stage.Green, new(Outcome.Done, "It serves already.")),
        Is.EqualTo("run Status; run Rollback --to=default; run Canary"));

    [Test]
    public void What_waits_for_an_approval_names_the_command_that_gives_it_and_who_does() => Assert.That(
        new Guide(Commands, Serving(("default", 100))).After(
            Stage.Promote,
            new(Outcome.Held, "Not yet.") { Awaited = new(AwaitedKind.Approval, "approval", "Not yet.") { Scope = ApprovalScope.Promote } }).Sentence,
        Is.EqualTo("run Approve --stage=promote (by somebody who did not start the rollout); run it (once it is approved)"));

    [Test]
    public void A_split_that_no_rollout_made_is_taken_back_by_name_and_not_to_the_candidate() =>
        Assert.That(Held(Serving(("default", 60), ("green-2", 40))), Is.EqualTo("run Status; run Rollback --to=default; run it"));

    [Test]
    public void A_deployment_that_can_not_serve_is_no_way_back() => Assert.That(
        Held(Serving(("default", 60), ("other", 40)).In("default", ProvisioningState.Failed)), Is.EqualTo("run Status; run Rollback --to=other; run it"));

    [Test]
    public void A_stable_deployment_that_is_known_to_be_sick_is_no_way_back() => Assert.That(
        Held(Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Canary).Sick("default")), Does.Not.Contain("--to=default").And.Not.Contain("Rollback;"));

    [Test]
    public void A_rollout_under_way_is_given_up_by_rollback_alone() => Assert.That(
        Held(Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Canary)), Does.StartWith("run Status; run Rollback; "));

    [Test]
    public void A_deletion_amid_a_rollout_waits_for_the_command_that_goes_on_with_it() => Assert.That(
        After(Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Canary), Stage.Cleanup, new(Outcome.Held, "It is not over.")),
        Is.EqualTo("run Promote; run Rollback; run it"));

    [TestCase("green-2", ExpectedResult = "run Logs --deployment-name=green-2; run Promote --retry; run Cleanup --exclusive; or another version is rolled out")]
    [TestCase("green-9", ExpectedResult = "run Promote; or another version is rolled out", Description = "It was deleted, and another one is wanted.")]
    public string A_candidate_that_was_taken_back_can_be_looked_at_while_it_is_there(string candidate) => After(
        Serving(("default", 100), ("green-2", 0)).With(endpoint => endpoint with
        {
            Tags = new RolloutMark("old", "default", candidate, RolloutStatus.RolledBack).WriteTo(endpoint.Tags),
        }),
        Stage.Canary,
        new(Outcome.RolledBack, "It failed."));

    [TestCase(0, 1, ExpectedResult = "run Promote")]
    [TestCase(0, 2, ExpectedResult = "run Approve --stage=promote; run Promote; run Rollback", Description = "One of two is there.")]
    [TestCase(1, 0, ExpectedResult = "run Approve --stage=canary; run Promote; run Rollback", Description = "The promotion was approved before the canary was.")]
    public string After_an_approval_the_rollout_goes_on_unless_another_one_is_missing(int canary, int promote) => After(
        Serving(("default", canary == 0 ? 50 : 100), ("green-2", canary == 0 ? 50 : 0)).Marked(canary == 0 ? RolloutStatus.Canary : RolloutStatus.Started).After(
            new RunStarted(Noon, [Stage.Green], Specs.V2.Digest, new("desk", 1, Noon), null) { Actor = "ann on desk" },
            new Approved(Noon, ApprovalScope.Promote) { Actor = "bob on desk" }) is var situation
            ? situation with
            {
                Spec = Specs.First.With(strategy => strategy with { Steps = [strategy.Steps[1]] }) with { Policy = new() { Approvals = new(canary, promote) } },
            }
            : null!,
        Stage.Approve,
        new(Outcome.Done, "bob did approve it."));

    [Test]
    public void A_retired_deployment_is_deleted_without_rolling_out_what_is_not_live_yet() => Assert.That(
        new Guide(Commands, Serving(("green-2", 100), ("default", 0)) with { Spec = Specs.Second }).At(Stage.Green, Decision.Wait(Noon, "soon"), ended: null)
            .Steps.Select(step => step.Command),
        Is.EqualTo(new[] { "run Promote", "run Cleanup --exclusive" }));

    private static string Held(Situation situation) => After(situation, Stage.Canary, new(Outcome.Held, "A person must decide."));

    private static string After(Situation situation, Stage stage, FinishDecision finish) =>
        string.Join("; ", new Guide(Commands, situation).After(stage, finish).Steps.Select(step => step.Command ?? step.When));
}
