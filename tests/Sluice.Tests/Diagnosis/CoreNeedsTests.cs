using Sluice.Rollouts.Diagnosis;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Diagnosis;

[Category("Unit")]
internal sealed class CoreNeedsTests
{
    [TestCase(1, 4, ExpectedResult = 8)]
    [TestCase(2, 4, ExpectedResult = 12)]
    [TestCase(5, 4, ExpectedResult = 24, Description = "Six are a fifth more than five, and no seventh is needed.")]
    [TestCase(6, 2, ExpectedResult = 16)]
    [TestCase(50, 96, ExpectedResult = 5760)]
    [TestCase(0, 4, ExpectedResult = 0)]
    public long A_fifth_more_instances_are_reserved_rounded_up(int instances, int cores) =>
        CoreNeeds.Of(instances, new MachineSize("Standard_DS3_v2", "standardDSv2Family", cores));

    [TestCase("Standard_NC24ads_A100_v4", ExpectedResult = 72)]
    [TestCase("STANDARD_ND40RS_V2", ExpectedResult = 72)]
    [TestCase("Standard_NC24s_v3", ExpectedResult = 96)]
    public long Of_some_sizes_nothing_is_reserved(string size) => CoreNeeds.Of(3, new MachineSize(size, null, 24));

    [Test]
    public void A_first_rollout_makes_both_deployments_and_a_later_one_only_the_candidates()
    {
        var mark = new RolloutMark("r1", "default", "green-2", RolloutStatus.Canary);
        var serving = FakeFacts.Serving();
        var underway = serving with
        {
            Tags = mark.WriteTo(serving.Tags),
            Deployments = [Up("green-2"), Up("default")],
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(null), Is.EqualTo(new[] { "default", "green" }));
            Assert.That(Names(serving with { Traffic = Traffic.None, Deployments = [Up("default")] }), Is.EqualTo(new[] { "green" }));
            Assert.That(Names(serving), Is.EqualTo(new[] { "green" }));
            Assert.That(Names(underway), Is.Empty);
        }
    }

    [Test]
    public void Without_a_baseline_the_first_deployment_is_the_only_one()
    {
        var spec = DoctorSpec.Prod with { Model = DoctorSpec.Prod.Model with { Baseline = null } };

        Assert.That(CoreNeeds.ToMake(spec, endpoint: null), Is.EqualTo(new[] { spec.Blue }));
    }

    [TestCase("Total Cluster Dedicated Regional vCPUs", ExpectedResult = true)]
    [TestCase("Standard DSv2 Family Cluster Dedicated vCPUs", ExpectedResult = true)]
    [TestCase("standardDSv2Family", ExpectedResult = true)]
    [TestCase("Standard DSv3 Family Cluster Dedicated vCPUs", ExpectedResult = false)]
    [TestCase("Total Cluster Dedicated Regional Low Priority vCPUs", ExpectedResult = false)]
    public bool A_size_counts_to_its_family_and_to_the_region(string counter) =>
        new CoreUsage(counter, 0, 1).Counts(new MachineSize("Standard_DS3_v2", "standardDSv2Family", 4));

    private static IEnumerable<string> Names(EndpointState? endpoint) => CoreNeeds.ToMake(DoctorSpec.Prod, endpoint).Select(made => made.Name);

    private static DeploymentState Up(string name) => new()
    {
        Name = name,
        State = ProvisioningState.Succeeded,
        ModelName = "heart-classifier",
        ModelVersion = "1",
        InstanceType = "Standard_DS3_v2",
        InstanceCount = 1,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
