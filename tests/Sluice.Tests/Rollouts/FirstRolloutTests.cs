using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class FirstRolloutTests
{
    [Test]
    public async Task A_first_rollout_ends_with_all_traffic_on_the_candidate_and_the_baseline_warm()
    {
        var rehearsal = new Rehearsal();

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(rehearsal.Workspace.Endpoint.Deployments.Select(each => each.Name), Is.EqualTo(new[] { "green-2", "default" }));
            Assert.That(rehearsal.Workspace.Endpoint.Mark, Is.EqualTo(
                new RolloutMark("rollout-1", "default", "green-2", RolloutStatus.Completed)));
            Assert.That(rehearsal.Workspace.Writes, Is.EqualTo(new[]
            {
                "register model", "register model", "create endpoint", "create deployment", "set traffic",
                "create deployment", "set traffic", "set traffic", "set mark", "set traffic", "set mark",
            }));
        });
    }

    [Test]
    public async Task A_second_run_applies_nothing()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Rehearsal.Line);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result, Has.Property("Outcome").EqualTo(Outcome.Done).And.Property("Actions").EqualTo(0));
    }
}
