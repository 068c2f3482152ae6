using Sluice.Rollouts.State;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts.Planning;

[TestFixture]
[Category("Unit")]
internal sealed class SituationTests
{
    [Test]
    public void Before_Register_there_is_no_candidate() => Assert.That(Empty.Candidate, Is.Null);

    [Test]
    public void The_candidate_is_the_deployment_to_be_made_while_none_serves_its_version() =>
        Assert.That(Serving(("default", 100)).Candidate, Is.EqualTo("green-2"));

    [Test]
    public void Of_all_deployments_with_its_version_the_one_with_traffic_is_the_candidate() =>
        Assert.That(
            Serving(("default", 90), ("green-2", 0), ("mine-2", 10)).Candidate,
            Is.EqualTo("mine-2"));

    [Test]
    public void Then_the_one_that_the_rollout_names_so() =>
        Assert.That(Serving(("default", 100), ("mine-2", 0), ("green-2", 0)).Candidate, Is.EqualTo("green-2"));

    [Test]
    public void Then_any_that_is_up()
    {
        var situation = Serving(("default", 100), ("mine-2", 0), ("yours-2", 0)).In("mine-2", ProvisioningState.Failed);

        Assert.That(situation.Candidate, Is.EqualTo("yours-2"));
    }

    [Test]
    public void A_deployment_of_its_name_that_serves_something_else_is_not_the_candidates() =>
        Assert.That(
            Serving(("default", 100), ("green-2", 0)).With("green-2", each => each with { ModelName = null }).CandidateDeployment,
            Is.Null);

    [Test]
    public void Stable_is_what_has_all_traffic_whatever_the_mark_says() =>
        Assert.That(Serving(("blue-7", 100), ("green-2", 0)).Marked(RolloutStatus.Canary).Stable, Is.EqualTo("blue-7"));

    [TestCase(RolloutStatus.Canary, "default")]
    [TestCase(RolloutStatus.Passed, "default")]
    [TestCase(RolloutStatus.RolledBack, null)]
    [TestCase(RolloutStatus.Completed, null)]
    public void In_a_split_stable_is_what_the_mark_of_an_open_rollout_names(RolloutStatus status, string? stable) =>
        Assert.That(Serving(("default", 90), ("green-2", 10)).Marked(status).Stable, Is.EqualTo(stable));

    [Test]
    public void A_mark_of_another_candidate_says_nothing() =>
        Assert.That(
            Serving(("default", 90), ("green-3", 10)).With(endpoint => endpoint with
            {
                Tags = new RolloutMark("old", "default", "green-3", RolloutStatus.Canary).WriteTo(endpoint.Tags),
            }).Stable,
            Is.Null);
}
