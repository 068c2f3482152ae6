using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;

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
            (Stage.Endpoint, Outcome.Failed),
            new() { Name = "heart", State = state, ScoringUri = hasServed ? new Uri("https://heart.example/score") : null });
}
