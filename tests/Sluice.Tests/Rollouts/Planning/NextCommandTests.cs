using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts.Planning;

[Category("Unit")]
internal sealed class NextCommandTests
{
    [TestCase(ProvisioningState.Failed, false, ExpectedResult = "run Cleanup --delete-endpoint --yes, then the same command again")]
    [TestCase(ProvisioningState.Canceled, false, ExpectedResult = "run Cleanup --delete-endpoint --yes, then the same command again")]
    [TestCase(ProvisioningState.Creating, false, ExpectedResult = "run Status, then the same command again")]
    [TestCase(ProvisioningState.Failed, true, ExpectedResult = "run Status, then the same command again")]
    public string An_endpoint_that_was_not_created_successfully_is_to_be_deleted_first(ProvisioningState state, bool hasServed) =>
        NextCommand.After(
            target => $"run {target}",
            (Stage.Endpoint, new FinishDecision(Outcome.Failed, "It failed.")),
            new() { Name = "heart", State = state, ScoringUri = hasServed ? new Uri("https://heart.example/score") : null });

    [TestCase(Stage.Cleanup, ExpectedResult = "run Promote")]
    [TestCase(Stage.DeleteEndpoint, ExpectedResult = "run Promote")]
    public string Where_there_is_no_endpoint_any_more_nothing_can_be_invoked(Stage stage) =>
        NextCommand.After(target => $"run {target}", (stage, new(Outcome.Done, "Done.")), endpoint: null);

    [Test]
    public void A_stage_that_lacks_what_another_one_brings_names_that_one() =>
        Assert.That(After(Stage.Canary, new(Outcome.Failed, "It is not up.") { Brings = Stage.Green }), Is.EqualTo("run Green"));

    [Test]
    public void What_waits_for_an_approval_names_the_command_that_gives_it() =>
        Assert.That(
            After(Stage.Promote, new(Outcome.Held, "Not yet.") { Awaited = new(AwaitedKind.Approval, "approval", "Not yet.") { Scope = ApprovalScope.Promote } }),
            Is.EqualTo("run Approve --stage=promote by somebody who did not start the rollout, then the same command again"));

    [TestCase("Rollback --to=default", ExpectedResult = "run Status, then run Rollback --to=default or the same command again")]
    [TestCase(null, ExpectedResult = "run Status, then the same command again")]
    public string What_is_held_names_the_rollback_that_gives_it_up_and_no_other(string? wayBack) =>
        After(Stage.Blue, new(Outcome.Held, "Nothing serves.") { WayBack = wayBack });

    [TestCase("green-2", ExpectedResult = "run Logs --deployment-name=green-2, then run Promote --retry or another version")]
    [TestCase("green-9", ExpectedResult = "run Promote --retry, or another version", Description = "It was deleted.")]
    public string A_candidate_that_was_taken_back_can_be_looked_at_while_it_is_there(string candidate) => NextCommand.AfterRollback(
        target => $"run {target}",
        Serving(("default", 100), ("green-2", 0)).With(endpoint => endpoint with
        {
            Tags = new RolloutMark("old", "default", candidate, RolloutStatus.RolledBack).WriteTo(endpoint.Tags),
        }).State.Endpoint);

    private static string After(Stage stage, FinishDecision finish) =>
        NextCommand.After(target => $"run {target}", (stage, finish), Serving(("default", 100)).State.Endpoint);
}
