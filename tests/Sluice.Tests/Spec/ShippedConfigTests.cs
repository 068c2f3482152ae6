using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>The configuration in the repository's config folder.</summary>
[TestFixture]
[Category("Unit")]
public sealed class ShippedConfigTests
{
    [Test]
    public void The_local_configuration_has_no_mistake()
    {
        var reading = SpecReader.Read(Repository.File("config/local.json"), SpecOverrides.None);

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Notes, Is.Empty);
        var spec = reading.Spec!;
        Assert.Multiple(() =>
        {
            Assert.That(spec.Workspace.Cloud, Is.EqualTo(Cloud.Local));
            Assert.That(spec.Emulator, Is.EqualTo(new EmulatorSpec(Repository.File(".sluice/emulator"), LatencyProfile.Demo, 1, 0, null)));
            Assert.That(spec.Strategy.Steps.Select(step => step.Weight), Is.EqualTo(new[] { 10, 50 }));
            Assert.That(spec.Blue.Name, Is.EqualTo("default"));
            Assert.That(spec.Green.Name, Is.EqualTo("green"));
            Assert.That(spec.Model.Candidate.Title, Is.EqualTo(Repository.File("models/heart-classifier/v2")));
            Assert.That(spec.Model.Baseline!.Title, Is.EqualTo(Repository.File("models/heart-classifier/v1")));
            Assert.That(((ModelFolder)spec.Model.Candidate).Inputs, Has.Length.EqualTo(13));
            Assert.That(spec.Probes.Rows, Has.Length.GreaterThanOrEqualTo(200));
            Assert.That(spec.Probes.Sample, Does.StartWith("""{"input_data":{"columns":["age",""").And.Contain("""2,1,0,"normal"]"""));
            Assert.That(spec.Load, Is.EqualTo(new LoadSpec(20)));
        });
    }

    [Test]
    public void The_local_rollout_bakes_for_seconds_only()
    {
        var strategy = SpecReader.Read(Repository.File("config/local.json"), SpecOverrides.None).Spec!.Strategy;

        var bakes = strategy.Steps.Aggregate(strategy.FinalBake, (sum, step) => sum + step.Bake);

        Assert.That(bakes, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(15)));
    }

    [TestCase("config/dev.json")]
    [TestCase("config/prod.json")]
    public void A_configuration_for_Azure_says_what_is_not_filled_in_yet(string file)
    {
        using var elsewhere = new SpecFolder();

        var reading = SpecReader.Read(Repository.File(file), SpecOverrides.None, elsewhere.Path);

        Assert.That(reading.Spec, Is.Null);
        Assert.That(reading.Mistakes.Select(mistake => mistake.Message), Is.EqualTo(new[]
        {
            "workspace.subscriptionId is not filled in yet (\"<subscription id>\"); allowed: a GUID such as "
                + "00000000-0000-0000-0000-000000000000; --subscription works too, and so does the workspace's own config.json, here or in a folder above.",
            "workspace.resourceGroup is not filled in yet (\"<resource group>\"); allowed: 1 to 90 letters, digits, hyphens, underscores, "
                + "dots and parentheses, no dot last; --resource-group works too, and so does the workspace's own config.json, here or in a folder "
                + "above.",
            "workspace.name is not filled in yet (\"<workspace>\"); allowed: 3 to 33 letters, digits, hyphens and underscores, a letter or "
                + "digit first; --workspace-name works too, and so does the workspace's own config.json, here or in a folder above.",
        }));
    }

    [TestCase("config/dev.json", new[] { 10, 50 }, 0)]
    [TestCase("config/prod.json", new[] { 5, 20, 50 }, 1)]
    public void A_configuration_for_Azure_has_no_mistake_once_the_workspace_is_given(string file, int[] weights, int retain)
    {
        var reading = SpecReader.Read(Repository.File(file), new SpecOverrides
        {
            Subscription = "8d1a6a3e-0000-4000-8000-000000000001",
            ResourceGroup = "rg-heart",
            WorkspaceName = "ws-heart",
        });

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Strategy.Steps.Select(step => step.Weight), Is.EqualTo(weights));
        Assert.That(reading.Spec.Strategy.Retain, Is.EqualTo(retain));
        Assert.That(reading.Spec.Emulator, Is.Null);
    }
}
