using FsCheck;
using FsCheck.Fluent;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class TrafficRulesTests
{
    [Test]
    public void New_traffic_shows_only_when_the_operation_has_ended()
    {
        var state = Sample.Workspace(["blue", "green"], new { blue = 100 });

        var updating = state.Setting(Sample.Endpoint(new { blue = 90, green = 10 }));
        var ended = updating.Ended();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(updating.Heart().State, Is.EqualTo(ProvisioningState.Updating));
            Assert.That(updating.Heart().Content.Traffic, Is.EqualTo(new Dictionary<string, int> { ["blue"] = 100 }));
            Assert.That(ended.Heart().Content.Traffic, Is.EqualTo(new Dictionary<string, int> { ["blue"] = 90, ["green"] = 10 }));
        }
    }

    [Test]
    public void Names_take_the_deployments_spelling_and_zeros_go()
    {
        var state = Sample.Workspace(["Blue", "green"], new { BLUE = 100, green = 0 });

        Assert.That(state.Heart().Content.Traffic, Is.EqualTo(new Dictionary<string, int> { ["Blue"] = 100 }));
    }

    [Test]
    public void Traffic_cannot_be_set_at_creation()
    {
        var fault = Assert.Throws<RefusedException>(() => Sample.Nothing.Setting(Sample.Endpoint(new { blue = 100 })));

        Assert.That(fault!.Message, Does.Contain("blue").And.Contain("does not exist"));
    }

    [Test]
    public void A_deployment_that_has_not_succeeded_gets_no_more_traffic_than_it_has()
    {
        var state = Sample.Workspace(["blue", "green"], new { blue = 90, green = 10 });
        var updating = state.Put(state.Heart(), "green", Sample.Deployment(capacity: 2), Sample.Start()).State;

        var more = Assert.Throws<RefusedException>(() => updating.Setting(Sample.Endpoint(new { blue = 50, green = 50 })));
        var less = updating.Setting(Sample.Endpoint(new { blue = 95, green = 5 })).Heart();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(more!.Message, Does.Contain("green").And.Contain("Updating").And.Contain("must be Succeeded"));
            Assert.That(less.Wanted!.TrafficOf("GREEN"), Is.EqualTo(5));
        }
    }

    [Test]
    public void Only_managed_endpoints_mirror()
    {
        const string Compute = "/subscriptions/x/compute/aks";
        var managed = Sample.Workspace(["blue", "green"]);
        var state = managed.With(managed.Heart() with { Content = managed.Heart().Content with { Compute = Compute } });

        var fault = Assert.Throws<RefusedException>(() => state.Setting(Sample.Endpoint(new { blue = 100 }, new { green = 10 }, Compute)));

        Assert.That(fault!.Message, Does.Contain("not managed"));
    }

    [Test]
    public void Mirroring_goes_to_one_deployment_of_at_most_half_that_has_no_live_traffic()
    {
        var state = Sample.Workspace(["blue", "green", "red"]);
        string Refusal(object traffic, object mirror) =>
            Assert.Throws<RefusedException>(() => state.Setting(Sample.Endpoint(traffic, mirror)))!.Message;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Refusal(new { blue = 100 }, new { green = 10, red = 10 }), Does.Contain("one deployment only"));
            Assert.That(Refusal(new { blue = 100 }, new { green = 51 }), Does.Contain("At most 50 percent"));
            Assert.That(Refusal(new { blue = 90, green = 10 }, new { green = 10 }), Does.Contain("live and mirrored"));
            Assert.That(state.Setting(Sample.Endpoint(new { blue = 100 }, new { green = 50 })).Heart().Wanted!.MirrorTrafficOf("green"), Is.EqualTo(50));
        }
    }

    [Test]
    public void Whatever_is_asked_for_accepted_traffic_sums_to_0_or_100_and_names_deployments_that_are_there()
    {
        var state = Sample.Workspace(["blue", "green"], new { blue = 100 });
        var shares = from blue in Gen.Choose(-10, 110)
                     from green in Gen.OneOf(Gen.Constant(100 - blue), Gen.Choose(-10, 110))
                     from red in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 100)))
                     select (blue, green, red);

        Prop.ForAll(shares.ToArbitrary(), asked =>
        {
            var valid = asked.blue is >= 0 and <= 100 && asked.green is >= 0 and <= 100 && asked.red == 0 && (asked.blue + asked.green is 0 or 100);
            try
            {
                var accepted = state.Setting(Sample.Endpoint(new { asked.blue, asked.green, asked.red })).Ended().Heart().Content.Traffic;
                return valid && accepted.Values.Sum() is 0 or 100 && accepted.Values.All(share => share > 0);
            }
            catch (RefusedException)
            {
                return !valid;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void A_failed_traffic_update_leaves_the_old_traffic()
    {
        var state = Sample.Workspace(["blue", "green"], new { blue = 100 })
            .Setting(Sample.Endpoint(new { green = 100 }))
            .Ended(new OperationError("InternalServerError", "injected"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.Heart().State, Is.EqualTo(ProvisioningState.Failed));
            Assert.That(state.Heart().Content.TrafficOf("blue"), Is.EqualTo(100));
            Assert.That(state.Heart().Wanted, Is.Null);
        }
    }
}
