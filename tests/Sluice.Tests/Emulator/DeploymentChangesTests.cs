using Sluice.Emulator.Operations;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class DeploymentChangesTests
{
    [Test]
    public void An_endpoint_that_is_being_changed_takes_no_deployment_and_gives_none_up()
    {
        var state = Sample.Workspace(["blue", "green"], new { blue = 100 }).Setting(Sample.Endpoint(new { green = 100 }));

        var put = Assert.Throws<RefusedException>(() => state.Put(state.Heart(), "red", Sample.Deployment(), Sample.Start()));
        var delete = Assert.Throws<RefusedException>(() => state.Delete(state.Heart(), state.Deployment("green"), Sample.Start()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put!.Status, Is.EqualTo(409));
            Assert.That(put.Message, Is.EqualTo("Cannot create a deployment in endpoint heart because it is in Updating provisioning state"));
            Assert.That(delete!.Status, Is.EqualTo(409));
        }
    }

    [Test]
    public void A_deployment_that_is_being_changed_takes_no_other_change()
    {
        var state = Sample.Workspace(["blue"]);
        var updating = state.Put(state.Heart(), "blue", Sample.Deployment(capacity: 2), Sample.Start()).State;

        var put = Assert.Throws<RefusedException>(() => updating.Put(updating.Heart(), "blue", Sample.Deployment(), Sample.Start()));
        var delete = Assert.Throws<RefusedException>(() => updating.Delete(updating.Heart(), updating.Deployment("blue"), Sample.Start()));
        var endpoint = Assert.Throws<RefusedException>(() => updating.Delete(updating.Heart(), Sample.Start()));

        Assert.That(new[] { put!.Status, delete!.Status, endpoint!.Status }, Is.All.EqualTo(409));
    }

    [Test]
    public void An_update_shows_the_old_content_until_it_has_succeeded_and_after_it_has_failed()
    {
        var state = Sample.Workspace(["blue"]);
        var updating = state.Put(state.Heart(), "blue", Sample.Deployment(capacity: 3), Sample.Start()).State;

        var succeeded = updating.Ended();
        var failed = updating.Ended(new OperationError("ResourceNotReady", "crashed"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(updating.Deployment("blue").Content.InstanceCount, Is.EqualTo(1));
            Assert.That(succeeded.Deployment("blue").Content.InstanceCount, Is.EqualTo(3));
            Assert.That(failed.Deployment("blue").Content.InstanceCount, Is.EqualTo(1));
            Assert.That(failed.Deployment("blue").State, Is.EqualTo(ProvisioningState.Failed));
            Assert.That(failed.Put(failed.Heart(), "blue", Sample.Deployment(), Sample.Start()).State.Ended().Deployment("blue").State,
                Is.EqualTo(ProvisioningState.Succeeded));
        }
    }

    [Test]
    public void A_deployment_that_never_came_up_can_only_be_deleted()
    {
        var state = Sample.Workspace([]);
        var failed = state.Put(state.Heart(), "blue", Sample.Deployment(), Sample.Start()).State.Ended(new OperationError("ResourceNotReady", "crashed"));

        var fault = Assert.Throws<RefusedException>(() => failed.Put(failed.Heart(), "blue", Sample.Deployment(), Sample.Start()));
        var deleted = failed.Delete(failed.Heart(), failed.Deployment("blue"), Sample.Start()).State.Ended();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault!.Message, Does.Contain("unrecoverable state"));
            Assert.That(deleted.FindDeployment("heart", "blue"), Is.Null);
        }
    }

    [Test]
    public void An_endpoint_has_twenty_deployments_at_most()
    {
        var state = Sample.Workspace([.. Enumerable.Range(1, 20).Select(n => $"blue-{n}")]);

        var fault = Assert.Throws<RefusedException>(() => state.Put(state.Heart(), "one-more", Sample.Deployment(), Sample.Start()));

        Assert.That(fault!.Message, Does.Contain("at most 20"));
    }

    [TestCase(1, "Standard_DS3_v2", 8)]
    [TestCase(5, "Standard_DS3_v2", 24)]
    [TestCase(1, "standard_ds1_V2", 2)]
    public void Quota_counts_a_fifth_more_instances_rounded_up(int instances, string instanceType, int cores) =>
        Assert.That(InstanceTypes.QuotaOf(instanceType, instances), Is.EqualTo(cores));

    [Test]
    public void Quota_counts_the_other_deployments_but_not_the_old_self()
    {
        var state = Sample.Workspace(["blue", "green"]);
        var scaling = state.Put(state.Heart(), "green", Sample.Deployment(capacity: 5), Sample.Start()).State;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scaling.QuotaError(scaling.Deployment("green"), limit: 16), Is.Null);
            Assert.That(scaling.QuotaError(scaling.Deployment("green"), limit: 15)!.Message, Does.Contain("usage/limit: 4/15. Additional needed: 12"));
        }
    }

    [Test]
    public void Deleting_an_endpoint_takes_its_deployments_along_whatever_their_traffic()
    {
        var state = Sample.Workspace(["blue"], new { blue = 100 });

        var deleted = state.Delete(state.Heart(), Sample.Start()).State.Ended();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deleted.Endpoints, Is.Empty);
            Assert.That(deleted.Deployments, Is.Empty);
        }
    }
}
