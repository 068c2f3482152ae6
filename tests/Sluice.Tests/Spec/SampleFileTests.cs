using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Spec;

/// <summary>Files with every key that az ml takes, shaped like its public samples: nothing in them is lost or refused.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class SampleFileTests
{
    [Test]
    public void Every_key_of_a_managed_endpoint_is_read()
    {
        using var folder = SpecFolder.WithSamples("managed-endpoint.yml", "managed-deployment.yml");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Endpoint, Is.EqualTo(new EndpointSpec
        {
            Name = "my-endpoint",
            Description = "Scores: hearts",
            AuthMode = AuthMode.AadToken,
            PublicNetworkAccess = false,
            Tags = Map(("team", "cardio"), ("cost-centre", "4711")),
            Properties = Map(("reviewed", "yes")),
            Identity = IdentityKind.UserAssigned,
            UserAssignedIdentities =
                ["/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer"],
        }).UsingPropertiesComparer());
        Assert.That(reading.Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            "endpoint.yml(18,1): traffic is not taken over: the rollout decides who gets how much traffic.",
            "endpoint.yml(21,1): mirror_traffic is not taken over: the rollout decides who gets how much traffic.",
        }));
    }

    [Test]
    public void Every_key_of_a_Kubernetes_endpoint_is_read()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Endpoint, Is.EqualTo(new EndpointSpec
        {
            Name = "my-endpoint",
            Compute = "hospital-cluster",
            Description = "On the hospital's own machines",
            AuthMode = AuthMode.AmlToken,
            Tags = Map(("team", "cardio")),
            Properties = Map(("reviewed", "yes")),
        }).UsingPropertiesComparer());
        Assert.That(reading.Spec.Endpoint.ComputeKind, Is.EqualTo(ComputeKind.Kubernetes));
    }

    [Test]
    public void Every_key_of_a_managed_deployment_is_read()
    {
        using var folder = SpecFolder.WithSamples("managed-endpoint.yml", "managed-deployment.yml");

        var green = folder.Read().Spec!.Green;

        var code = (AssetFolder)green.Code!.Source;
        Assert.That(code.Path, Is.EqualTo(folder.File("code")));
        Assert.That(code.Digest, Has.Length.EqualTo(64));
        Assert.That(green.Scale, Is.EqualTo(new FixedScaleSpec()));
        Assert.That(green with { Scale = null }, Is.EqualTo(new DeploymentSpec
        {
            Name = "green",
            Description = "The next one",
            Tags = Map(("team", "cardio")),
            Properties = Map(("reviewed", "yes")),
            ModelMountPath = "/var/models",
            Code = new(code, "score.py"),
            Environment = new InlineEnvironment
            {
                Name = "scoring",
                Version = "7",
                Description = "What the script imports",
                Tags = Map(("python", "3.10")),
                Properties = Map(("owner", "cardio")),
                Image = "mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest",
                CondaFile = CondaTextTests.SampleText,
                OperatingSystem = OperatingSystemKind.Linux,
                InferenceConfig = new(new("/live", 5001), new("/ready", 5001), new("/score", 5001)),
            },
            EnvironmentVariables = Map(("WORKER_COUNT", "2"), ("VERBOSE", "True")),
            InstanceType = "Standard_F4s_v2",
            InstanceCount = 3,
            AppInsightsEnabled = true,
            EgressPublicNetworkAccess = false,
            RequestSettings = new(TimeSpan.FromSeconds(90), 4, TimeSpan.FromMilliseconds(500)),
            LivenessProbe = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(3), 1, 5),
            ReadinessProbe = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3), 1, 5),
            DataCollector = new(
                ImmutableSortedDictionary<string, CollectionSpec>.Empty
                    .Add("model_inputs", new(true, "azureml:inputs:1", null))
                    .Add("model_outputs", new(true, "azureml:outputs:2", "me"))
                    .Add("other", new(false, null, null)),
                RollingRate.Hour,
                0.5,
                ["x-patient-group", "x-hospital"]),
        }).UsingPropertiesComparer());
    }

    [Test]
    public void Every_key_of_a_Kubernetes_deployment_is_read()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");

        var green = folder.Read().Spec!.Green;

        Assert.That(green, Is.EqualTo(new DeploymentSpec
        {
            Name = "green",
            ComputeKind = ComputeKind.Kubernetes,
            Description = "The next one",
            Tags = Map(("team", "cardio")),
            Properties = Map(("reviewed", "yes")),
            Code = new(new RegisteredAsset("scoring-code", "4"), "score.py"),
            Environment = new InlineEnvironment
            {
                Image = "mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest",
                CondaFile = CondaTextTests.SampleText,
            },
            EnvironmentVariables = Map(("WORKER_COUNT", "2")),
            InstanceType = "gpu-large",
            InstanceCount = 2,
            Resources = new(new("0.1", "0.2Gi", "1"), new("500m", "0.5Gi", "1")),
            Scale = new TargetUtilizationSpec(1, 5, TimeSpan.FromSeconds(10), 70),
            RequestSettings = new(TimeSpan.FromSeconds(300), 4, TimeSpan.FromMilliseconds(500)),
            LivenessProbe = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(3), 1, 5),
            ReadinessProbe = new(TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(21), TimeSpan.FromSeconds(4), 2, 6),
            DataCollector = new(
                ImmutableSortedDictionary<string, CollectionSpec>.Empty.Add("model_inputs", new(true, null, null)), null, null, []),
        }).UsingPropertiesComparer());
    }

    [Test]
    public void A_Kubernetes_deployment_may_leave_the_instance_type_to_the_cluster()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        folder.Replace("green.yml", "instance_type: gpu-large\n", "");

        Assert.That(folder.Read().Spec!.Green.InstanceType, Is.Empty);
    }

    [TestCase("azureml:scoring:2", typeof(RegisteredAsset), "scoring 2")]
    [TestCase("azureml:scoring@latest", typeof(RegisteredAsset), "scoring ")]
    [TestCase("azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu:1", typeof(AssetId), "azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu:1")]
    [TestCase(
        "azureml://registries/azureml/environments/sklearn/versions/3",
        typeof(AssetId),
        "azureml://registries/azureml/environments/sklearn/versions/3")]
    [TestCase(
        "azureml://registries/azureml/environments/sklearn/labels/latest",
        typeof(AssetId),
        "azureml://registries/azureml/environments/sklearn/labels/latest")]
    [TestCase(
        "azureml:/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/environments/e/versions/1",
        typeof(AssetId),
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/environments/e/versions/1")]
    public void A_reference_to_an_environment_is_read_as_the_official_client_reads_it(string text, Type kind, string value)
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", $"environment: {text}");

        var environment = folder.Read().Spec!.Green.Environment;

        var found = environment is RegisteredAsset asset ? $"{asset.Name} {asset.Version}" : (environment as AssetId)?.Id;
        Assert.That((environment?.GetType(), found), Is.EqualTo((kind, value)));
    }

    [TestCase("environment/environment.yml")]
    [TestCase("./environment/environment.yml")]
    [TestCase("file:./environment/environment.yml")]
    public void A_file_with_an_environment_is_found_from_the_deployments_file_and_its_conda_file_from_there(string path)
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        folder.Replace("green.yml", "file:environment/environment.yml", path);

        Assert.That(((InlineEnvironment)folder.Read().Spec!.Green.Environment!).CondaFile, Is.EqualTo(CondaTextTests.SampleText));
    }

    [Test]
    public void An_environment_may_be_built_of_a_folder_with_a_Dockerfile()
    {
        using var folder = new SpecFolder();
        folder.Write("image/docker/Dockerfile", "FROM scratch");
        folder.Replace("green.yml", "instance_count: 1", "environment: {build: {path: image, dockerfile_path: docker/Dockerfile}}");

        var build = ((InlineEnvironment)folder.Read().Spec!.Green.Environment!).Build!;

        Assert.That(
            (build.Folder!.Path, build.Uri, build.DockerfilePath),
            Is.EqualTo((folder.File("image"), (string?)null, "docker/Dockerfile")));
    }

    private static ImmutableSortedDictionary<string, string> Map(params (string Key, string Value)[] entries) =>
        entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value);
}
