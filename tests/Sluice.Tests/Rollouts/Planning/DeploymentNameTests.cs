using Sluice.Rollouts.Planning;

namespace Sluice.Tests.Rollouts.Planning;

[TestFixture]
[Category("Unit")]
internal sealed class DeploymentNameTests
{
    [TestCase("green", "2", "green-2")]
    [TestCase("Green", "2-RC", "green-2-rc")]
    [TestCase("green", "1.4.2+x", "green-1-4-2-x")]
    [TestCase("green", "v_", "green-v")]
    public void A_name_is_prefix_and_version_in_what_the_service_takes(string prefix, string version, string name) =>
        Assert.That(DeploymentName.Of(prefix, version), Is.EqualTo(name));

    [Test]
    public void A_long_prefix_is_cut_and_the_version_stays()
    {
        const string Prefix = "a-prefix-with-thirty-two-letters";

        var names = new[] { DeploymentName.Of(Prefix, "10"), DeploymentName.Of(Prefix, "11") };

        Assert.That(names, Is.EqualTo(new[] { "a-prefix-with-thirty-two-lett-10", "a-prefix-with-thirty-two-lett-11" }));
    }

    [Test]
    public void Even_a_version_without_end_gives_a_name_that_is_short_enough() =>
        Assert.That(DeploymentName.Of("green", new string('7', 255)), Has.Length.EqualTo(32).And.StartsWith("g-7"));
}
