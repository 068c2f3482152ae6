using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>Rollouts of versions that are registered already, in the workspace or in a registry.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class RegisteredModelTests
{
    private static readonly ModelVersion Shared = new("bert", "4", null) { Registry = "azureml" };

    [Test]
    public async Task A_version_of_a_registry_goes_live_without_an_upload_and_a_second_run_has_nothing_to_do()
    {
        var rehearsal = Of(new RegistryModel("azureml", "bert", "4"));

        var first = await rehearsal.RunAsync(Rehearsal.Line);
        var writes = rehearsal.Workspace.Writes.Count;
        var second = await rehearsal.RunAsync(Rehearsal.Line);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Outcome, second.Outcome), Is.EqualTo((Outcome.Done, Outcome.Done)), first.Why + second.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-4")));
            Assert.That(rehearsal.Workspace.Endpoint.Deployment("green-4")!.Served, Is.EqualTo("bert version 4 of registry azureml"));
            Assert.That(rehearsal.Workspace.Writes, Has.None.EqualTo("register model"));
            Assert.That(rehearsal.Workspace.Writes, Has.Count.EqualTo(writes));
        }
    }

    [Test]
    public async Task The_latest_version_stays_the_one_of_the_beginning_when_another_is_registered_meanwhile()
    {
        var rehearsal = Of(new WorkspaceModel(Specs.Model, null));
        rehearsal.Workspace.OnWrite = write =>
        {
            if (write.Name == "set traffic")
            {
                var state = rehearsal.Workspace.State;
                var newer = new ModelVersion(Specs.Model, $"{9 + state.Models.Length}", null);
                rehearsal.Workspace.State = state with { Models = state.Models.Insert(0, newer) };
            }
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
    }

    [Test]
    public async Task A_version_that_is_not_there_ends_the_rollout_before_anything_is_written()
    {
        var rehearsal = Of(new WorkspaceModel(Specs.Model, "7"));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(result.Why, Is.EqualTo("The workspace has no version azureml:heart:7; it has 2, 1."));
        Assert.That(rehearsal.Workspace.Writes, Is.Empty);
    }

    private static Rehearsal Of(ModelSource candidate)
    {
        var rehearsal = new Rehearsal(Specs.Brief with { Model = new(Specs.Model, candidate, new WorkspaceModel(Specs.Model, "1")) });
        rehearsal.Workspace.State = new(
            [new(Specs.Model, "2", null), new(Specs.Model, "1", null), Shared], null);
        return rehearsal;
    }
}
