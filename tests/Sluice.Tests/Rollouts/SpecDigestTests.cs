using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts;

/// <summary>Which change of a deployment's specification makes it another deployment, and which does not.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class SpecDigestTests
{
    private static readonly InlineEnvironment Described = new()
    {
        Name = "scoring",
        Image = "ubuntu",
        CondaFile = "dependencies:\n- numpy\n",
        InferenceConfig = new(new("/", 80), new("/", 80), new("/score", 80)),
    };

    private static readonly DeploymentSpec Made = new()
    {
        Name = "green",
        InstanceType = "Standard_DS3_v2",
        Code = new(new AssetFolder("/code", "abc"), "score.py"),
        Environment = Described,
        EnvironmentVariables = ImmutableSortedDictionary<string, string>.Empty.Add("TONE", "kind").Add("tone", "stern"),
        DataCollector = new(
            ImmutableSortedDictionary<string, CollectionSpec>.Empty.Add("model_inputs", new(true, null, null)), RollingRate.Hour, 0.5, ["x-one", "x-two"]),
    };

    private static IEnumerable<TestCaseData> Others()
    {
        yield return Other("another file of the code", "code", spec => spec with { Code = spec.Code! with { Source = new AssetFolder("/code", "abd") } });
        yield return Other("another script", "code", spec => spec with { Code = spec.Code! with { ScoringScript = "main.py" } });
        yield return Other("registered code", "code", spec => spec with { Code = spec.Code! with { Source = new RegisteredAsset("abc", "1") } });
        yield return Other("no code", "code", spec => spec with { Code = null });
        yield return Other("another conda file", "environment", spec => spec with { Environment = Described with { CondaFile = "dependencies:\n- scipy\n" } });
        yield return Other("another image", "environment", spec => spec with { Environment = Described with { Image = "debian" } });
        yield return Other("a build", "environment", spec => spec with { Environment = new InlineEnvironment { Build = new(new("/image", "abc"), null, null) } });
        yield return Other("another route", "environment", spec => spec with
        {
            Environment = Described with { InferenceConfig = Described.InferenceConfig! with { Scoring = new("/score", 81) } },
        });
        yield return Other("a registered environment", "environment", spec => spec with { Environment = new RegisteredAsset("scoring", "1") });
        yield return Other("the latest of it", "environment", spec => spec with { Environment = new RegisteredAsset("scoring", null) });
        yield return Other("an environment by its id", "environment", spec => spec with { Environment = new AssetId("azureml:AzureML-sklearn") });
        yield return Other("no environment", "environment", spec => spec with { Environment = null });
        yield return Setting("a variable", spec => spec with { EnvironmentVariables = spec.EnvironmentVariables.SetItem("TONE", "neutral") });
        yield return Setting("a variable less", spec => spec with { EnvironmentVariables = spec.EnvironmentVariables.Remove("tone") });
        yield return Setting("a variable that looks like another one", spec => spec with
        {
            EnvironmentVariables = spec.EnvironmentVariables.SetItem("TONE", "kind\n26 environment_variables.other 1 x"),
        });
        yield return Setting("a property", spec => spec with { Properties = spec.Properties.Add("a", "b") });
        yield return Setting("logging", spec => spec with { AppInsightsEnabled = true });
        yield return Setting("egress", spec => spec with { EgressPublicNetworkAccess = false });
        yield return Setting("a cluster", spec => spec with { ComputeKind = ComputeKind.Kubernetes });
        yield return Setting("a mount path", spec => spec with { ModelMountPath = "/model" });
        yield return Setting("memory", spec => spec with { Resources = new(new(null, "1Gi", null), null) });
        yield return Setting("a bound of memory", spec => spec with { Resources = new(null, new(null, "1Gi", null)) });
        yield return Setting("a time-out", spec => spec with { RequestSettings = new(TimeSpan.FromSeconds(9), null, null) });
        yield return Setting("concurrency", spec => spec with { RequestSettings = new(null, 9, null) });
        yield return Setting("a queue", spec => spec with { RequestSettings = new(null, null, TimeSpan.FromSeconds(9)) });
        yield return Setting("a liveness probe", spec => spec with { LivenessProbe = new(TimeSpan.FromSeconds(9), null, null, null, null) });
        yield return Setting("a readiness probe", spec => spec with { ReadinessProbe = new(null, null, null, null, 9) });
        yield return Setting("no data collector", spec => spec with { DataCollector = null });
        yield return Setting("a sampling rate", spec => spec with { DataCollector = spec.DataCollector! with { SamplingRate = 0.25 } });
        yield return Setting("a rolling rate", spec => spec with { DataCollector = spec.DataCollector! with { RollingRate = RollingRate.Day } });
        yield return Setting("headers", spec => spec with { DataCollector = spec.DataCollector! with { CaptureHeaders = ["x-one"] } });
        yield return Setting("a collection", spec => spec with
        {
            DataCollector = spec.DataCollector! with { Collections = spec.DataCollector.Collections.SetItem("model_inputs", new(false, null, null)) },
        });
    }

    private static IEnumerable<TestCaseData> Same()
    {
        yield return Other("machines, which the service shows", null, spec => spec with { InstanceType = "Standard_F2s_v2", InstanceCount = 9 });
        yield return Other("scale", null, spec => spec with { Scale = new FixedScaleSpec() });
        yield return Other("tags", null, spec => spec with { Tags = spec.Tags.Add("team", "cardiology") });
        yield return Other("words", null, spec => spec with { Description = "new" });
        yield return Other("the environment's name and words", null, spec => spec with
        {
            Environment = Described with { Name = "other", Version = "9", Description = "new", Tags = spec.Tags.Add("a", "b") },
        });
        yield return Other("the place of the code", null, spec => spec with { Code = spec.Code! with { Source = new AssetFolder("/elsewhere", "abc") } });
    }

    [TestCaseSource(nameof(Others))]
    [TestCaseSource(nameof(Same))]
    public void Another_specification_differs_in_its_part_alone(DeploymentSpec other, string? part) =>
        Assert.That(SpecDigest.Of(Made).PartsOtherThan(SpecDigest.Of(other)), Is.EqualTo(part is null ? [] : new[] { part }));

    [Test]
    public void It_can_be_read_back_and_leaves_other_tags_alone()
    {
        var digest = SpecDigest.Of(Made);

        var tags = digest.WriteTo(ImmutableSortedDictionary<string, string>.Empty.Add("team", "cardiology"));

        Assert.That(SpecDigest.Read(tags), Is.EqualTo(digest));
        Assert.That(tags["team"], Is.EqualTo("cardiology"));
        Assert.That(tags.Values, Has.All.Length.LessThanOrEqualTo(256), "what ARM takes as a tag's value");
    }

    [Test]
    public void A_deployment_without_code_has_no_tag_of_it_even_where_the_persons_tags_are_a_copy()
    {
        var own = SpecDigest.Of(Made).WriteTo(ImmutableSortedDictionary<string, string>.Empty);
        var digest = SpecDigest.Of(Made with { Code = null, Environment = null });

        var tags = digest.WriteTo(own);

        Assert.That(tags.Keys, Is.EqualTo(new[] { "sluice-settings" }));
        Assert.That(SpecDigest.Read(tags), Is.EqualTo(digest));
    }

    [Test]
    public void Without_its_tags_nothing_is_known() =>
        Assert.That(SpecDigest.Read(ImmutableSortedDictionary<string, string>.Empty.Add("sluice-code", "abc")), Is.Null);

    /// <summary>Deployments that are there were tagged by earlier runs, on other machines: a change of these is a change of the format.</summary>
    [TestCase("en-US")]
    [TestCase("de-DE")]
    [TestCase("da-DK")]
    public void It_is_the_same_on_every_machine(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.That(SpecDigest.Of(Made), Is.EqualTo(new SpecDigest(
                "9b60972d7f44816c1de15cc261b64d86a869deee0dd1ea41aee148877ee86261",
                "07fde92129ee97db4dfb9df1e4a5110452928bd79e1122227453b900c300c029",
                "a01f43d623b9fbd65d46cef4bb9e7548bc552fbf2d6bfc9093a36400b910ef68")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static TestCaseData Setting(string name, Func<DeploymentSpec, DeploymentSpec> change) => Other(name, "settings", change);

    private static TestCaseData Other(string name, string? part, Func<DeploymentSpec, DeploymentSpec> change) =>
        new TestCaseData(change(Made), part).SetArgDisplayNames(name);
}
