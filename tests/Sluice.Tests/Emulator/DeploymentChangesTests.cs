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
    public void The_deployments_of_an_endpoint_are_worked_on_one_at_a_time()
    {
        var state = Sample.Workspace(["blue", "green"]);
        var updating = state.Put(state.Heart(), "green", Sample.Deployment(capacity: 2), Sample.Start()).State;

        var create = Assert.Throws<RefusedException>(() => updating.Put(updating.Heart(), "red", Sample.Deployment(), Sample.Start()));
        var update = Assert.Throws<RefusedException>(() => updating.Put(updating.Heart(), "blue", Sample.Deployment(), Sample.Start()));
        var delete = Assert.Throws<RefusedException>(() => updating.Delete(updating.Heart(), updating.Deployment("blue"), Sample.Start()));
        var after = updating.Ended();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { create!.Status, update!.Status, delete!.Status }, Is.All.EqualTo(409));
            Assert.That(create.Message, Is.EqualTo(
                "Cannot create deployment red: another operation on endpoint heart is already in progress. "
                + "Deployment green is in Updating provisioning state"));
            Assert.That(() => after.Put(after.Heart(), "red", Sample.Deployment(), Sample.Start()), Throws.Nothing);
        }
    }

    [Test]
    public void While_the_number_of_instances_changes_the_deployment_is_Scaling_and_for_tags_Updating()
    {
        var state = Sample.Workspace(["blue"]);
        var content = state.Deployment("blue").Content;

        var scaled = state.Patch(state.Heart(), state.Deployment("blue"), content with { InstanceCount = 3 }, Sample.Start()).State;
        var tagged = state.Patch(state.Heart(), state.Deployment("blue"), content, Sample.Start()).State;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scaled.Deployment("blue").State, Is.EqualTo(ProvisioningState.Scaling));
            Assert.That(scaled.Ended().Deployment("blue").State, Is.EqualTo(ProvisioningState.Succeeded));
            Assert.That(tagged.Deployment("blue").State, Is.EqualTo(ProvisioningState.Updating));
        }
    }

    [Test]
    public void A_region_holds_a_hundred_endpoints_and_five_hundred_deployments()
    {
        var state = Sample.Workspace(["blue"]);
        var endpoints = state with
        {
            Endpoints = state.Endpoints.AddRange(Enumerable.Range(1, 99).Select(n => KeyValuePair.Create($"other-{n}", state.Heart()))),
        };
        var deployments = state with
        {
            Deployments = state.Deployments.AddRange(
                Enumerable.Range(1, 499).Select(n => KeyValuePair.Create($"other/{n}", state.Deployment("blue") with { Endpoint = "other" }))),
        };
        var secrets = new NewEndpoint(Guid.NewGuid(), new EndpointKeys("one", "two"));

        var endpoint = Assert.Throws<RefusedException>(() => endpoints.Put("next", Sample.Endpoint(), secrets, Sample.Start()));
        var deployment = Assert.Throws<RefusedException>(() => deployments.Put(state.Heart(), "red", Sample.Deployment(), Sample.Start()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoint!.Message, Does.Contain("There are 100 endpoints in the region; at most 100 are allowed."));
            Assert.That(deployment!.Message, Does.Contain("There are 500 deployments in the region; at most 500 are allowed."));
        }
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

    [TestCase(3, "Standard_NC40ads_H100_v5", 120)]
    [TestCase(1, "STANDARD_ND96ISR_H100_V5", 96)]
    [TestCase(5, "Standard_ND40rs_v2", 200)]
    public void Quota_of_sizes_that_Azure_reserves_nothing_of_counts_the_instances_alone(int instances, string instanceType, int cores) =>
        Assert.That(InstanceTypes.QuotaOf(instanceType, instances), Is.EqualTo(cores));

    [TestCase("Standard_NV36adms_A10_v5", 36)]
    [TestCase("Standard_NC12s_v2", 12)]
    [TestCase("Standard_L80as_v3", 80)]
    [TestCase("Standard_L64s_v2", 64)]
    public void A_size_of_Azures_present_list_is_known(string name, int cores) =>
        Assert.That(InstanceTypes.All, Does.Contain((name, cores)));

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
