using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Spec;

/// <summary>The az ml files that people have already.</summary>
[TestFixture]
[Category("Unit")]
public sealed class AzureFileTests
{
    [Test]
    public void An_endpoint_with_every_key_is_read()
    {
        using var folder = new SpecFolder();
        folder.Write("endpoint.yml", """
            # As az ml online-endpoint show writes it.
            $schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json
            id: /subscriptions/0/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/my-endpoint
            name: my-endpoint
            description: "Scores: hearts"
            auth_mode: AAD_Token
            kind: Managed
            resourceGroup: g
            location: westeurope
            provisioning_state: Succeeded
            scoring_uri: https://my-endpoint.westeurope.inference.ml.azure.com/score
            openapi_uri: https://my-endpoint.westeurope.inference.ml.azure.com/swagger.json
            public_network_access: disabled
            tags: {owner: me, cost-centre: 4711, empty: ""}
            properties:
              note: yes
            identity:
              type: user_assigned
              user_assigned_identities:
                - /subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one
                - resource_id: /subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/two
                  client_id: 1
            """);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        var endpoint = reading.Spec!.Endpoint;
        Assert.Multiple(() =>
        {
            Assert.That(endpoint.Name, Is.EqualTo("my-endpoint"));
            Assert.That(endpoint.Description, Is.EqualTo("Scores: hearts"));
            Assert.That(endpoint.AuthMode, Is.EqualTo(AuthMode.AadToken));
            Assert.That(endpoint.PublicNetworkAccess, Is.False);
            Assert.That(endpoint.Tags, Is.EquivalentTo(new Dictionary<string, string>
            {
                ["owner"] = "me",
                ["cost-centre"] = "4711",
                ["empty"] = "",
            }));
            Assert.That(endpoint.Properties["note"], Is.EqualTo("True"));
            Assert.That(endpoint.UserAssignedIdentities, Is.EqualTo(new[]
            {
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one",
                "/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/two",
            }));
        });
    }

    [Test]
    public void An_endpoint_takes_Azures_defaults_for_what_it_leaves_out()
    {
        using var folder = new SpecFolder();
        folder.Write("endpoint.yml", "name: my-endpoint\ndescription:\n");

        var endpoint = folder.Read().Spec!.Endpoint;

        Assert.That(endpoint, Is.EqualTo(new EndpointSpec { Name = "my-endpoint" }).UsingPropertiesComparer());
    }

    [Test]
    public void The_traffic_of_an_endpoints_file_is_noted_and_not_taken_over()
    {
        using var folder = new SpecFolder();
        folder.Write("endpoint.yml", "name: my-endpoint\ntraffic:\n  blue: 90\n  green: 10\nmirror_traffic: {green: 10}\n");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            "endpoint.yml(2,1): traffic is not taken over: the rollout decides who gets how much traffic.",
            "endpoint.yml(5,1): mirror_traffic is not taken over: the rollout decides who gets how much traffic.",
        }));
    }

    [Test]
    public void A_deployment_with_every_key_is_read()
    {
        using var folder = new SpecFolder();
        folder.Write("green.yml", """
            $schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json
            name: green
            endpoint_name: My-Endpoint
            model: azureml:heart@latest
            type: managed
            description: The next one
            tags:
              team: hearts
            properties: {}
            instance_type: Standard_F4s_v2
            instance_count: "3"
            environment_variables:
              WORKER_COUNT: 2
              VERBOSE: true
              NOTHING: ''
            app_insights_enabled: True
            egress_public_network_access: Disabled
            request_settings:
              request_timeout_ms: 90000
              max_concurrent_requests_per_instance: 4
              max_queue_wait_ms: 500
            liveness_probe: &probe
              initial_delay: 30
              period: 20
              timeout: 3
              success_threshold: 1
              failure_threshold: 5
            readiness_probe:
              <<: *probe
              period: 10
            scale_settings:
              type: default
            """);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        var green = reading.Spec!.Green;
        Assert.Multiple(() =>
        {
            Assert.That(green.Name, Is.EqualTo("green"));
            Assert.That(green.Description, Is.EqualTo("The next one"));
            Assert.That(green.InstanceType, Is.EqualTo("Standard_F4s_v2"));
            Assert.That(green.InstanceCount, Is.EqualTo(3));
            Assert.That(green.AppInsightsEnabled, Is.True);
            Assert.That(green.EgressPublicNetworkAccess, Is.False);
            Assert.That(green.EnvironmentVariables, Is.EquivalentTo(new Dictionary<string, string>
            {
                ["WORKER_COUNT"] = "2",
                ["VERBOSE"] = "True",
                ["NOTHING"] = "",
            }));
            Assert.That(green.Tags["team"], Is.EqualTo("hearts"));
            Assert.That(green.RequestSettings, Is.EqualTo(
                new RequestSettingsSpec(TimeSpan.FromSeconds(90), 4, TimeSpan.FromMilliseconds(500))));
            Assert.That(green.LivenessProbe, Is.EqualTo(
                new ContainerProbeSpec(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(3), 1, 5)));
            Assert.That(green.ReadinessProbe, Is.EqualTo(
                new ContainerProbeSpec(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3), 1, 5)));
            Assert.That(green.Scale, Is.EqualTo(new FixedScaleSpec()));
        });
    }

    [Test]
    public void A_deployment_takes_Azures_defaults_for_what_it_leaves_out()
    {
        using var folder = new SpecFolder();
        folder.Write("blue.yml", "name: blue\ninstance_type: Standard_DS3_v2\n");

        var blue = folder.Read().Spec!.Blue;

        Assert.That(
            blue,
            Is.EqualTo(new DeploymentSpec { Name = "blue", InstanceType = "Standard_DS3_v2" }).UsingPropertiesComparer());
    }

    [TestCase("true", "True")]
    [TestCase("yes", "True")]
    [TestCase("OFF", "False")]
    [TestCase("'true'", "true")]
    [TestCase("tRue", "tRue")]
    [TestCase("7", "7")]
    [TestCase("+7", "7")]
    [TestCase("1_000", "1000")]
    [TestCase("0x10", "16")]
    [TestCase("-0b101", "-5")]
    [TestCase("010", "8")]
    [TestCase("089", "089")]
    [TestCase("1:30", "90")]
    [TestCase("__7", "__7")]
    [TestCase("1.10", "1.1")]
    [TestCase("2.", "2.0")]
    [TestCase("-0.0", "-0.0")]
    [TestCase(".5", "0.5")]
    [TestCase("1e3", "1e3")]
    [TestCase("1.5e+3", "1500.0")]
    [TestCase("1.0e+15", "1000000000000000.0")]
    [TestCase("1.0e+16", "1e+16")]
    [TestCase("-12345678901234567.0", "-1.2345678901234568e+16")]
    [TestCase("2.0e+17", "2e+17")]
    [TestCase("0.00001", "1e-05")]
    [TestCase("1:30.5", "90.5")]
    [TestCase("-.inf", "-inf")]
    [TestCase(".NaN", "nan")]
    [TestCase("2026-01-05", "2026-01-05")]
    [TestCase("1.2.3", "1.2.3")]
    public void A_value_of_a_free_map_is_sent_as_az_ml_sends_it(string written, string sent)
    {
        using var folder = new SpecFolder();
        folder.Replace(
            "green.yml", "instance_count: 1", $"environment_variables: {{A: {written}}}\ntags: {{A: {written}}}\nproperties: {{A: {written}}}");
        folder.Replace("endpoint.yml", "auth_mode: key", $"tags: {{A: {written}}}");

        var spec = folder.Read().Spec!;

        Assert.That(
            new[] { spec.Green.EnvironmentVariables["A"], spec.Green.Tags["A"], spec.Green.Properties["A"], spec.Endpoint.Tags["A"] },
            Is.All.EqualTo(sent));
    }

    [TestCase("on", true)]
    [TestCase("yes", true)]
    [TestCase("Off", false)]
    public void A_flag_is_written_as_YAML_writes_one(string written, bool expected)
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", $"app_insights_enabled: {written}");

        Assert.That(folder.Read().Spec!.Green.AppInsightsEnabled, Is.EqualTo(expected));
    }

    [Test]
    public void A_route_of_a_container_of_ones_own_may_be_the_root()
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", """
            environment:
              image: mine
              inference_config:
                liveness_route: {path: /, port: 5001}
                readiness_route: {path: /, port: 5001}
                scoring_route: {path: /score, port: 5001}
            """);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(((InlineEnvironment)reading.Spec!.Green.Environment!).InferenceConfig!.Liveness, Is.EqualTo(new RouteSpec("/", 5001)));
    }

    [Test]
    public void A_data_asset_without_a_version_is_the_first_one()
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", "data_collector: {collections: {inputs: {enabled: true, data: {name: collected}}}}");

        Assert.That(folder.Read().Spec!.Green.DataCollector!.Collections["inputs"].DataId, Is.EqualTo("azureml:collected:1"));
    }

    [Test]
    public void A_deployments_inline_model_names_the_folder_when_the_config_file_does_not()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", ", \"path\": \"model\"", "");
        folder.WriteModel("models/old");
        folder.Replace("green.yml", "instance_count: 1", "model:\n  name: heart\n  path: model/\n  type: mlflow_model");
        folder.Replace("blue.yml", "instance_count: 1", "model: {path: ./models/old}");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Model.Candidate.Title.TrimEnd('/'), Is.EqualTo(folder.File("model")));
        Assert.That(reading.Spec.Model.Baseline!.Title, Is.EqualTo(folder.File("models/old")));
    }

    [Test]
    public void A_model_that_is_nowhere_named_is_a_mistake()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", ", \"path\": \"model\"", "");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(1,1): model.path is missing, and the green deployment's file names no folder; allowed: the folder of an MLflow "
                + "model, or azureml:name:version; --model-path and --model-version work too.",
        }));
    }

    [TestCase("model: azureml:heart:3", "green.yml(5,8)")]
    [TestCase("model: {name: heart, version: 3}", "green.yml(5,22)")]
    [TestCase(
        "model: azureml:/subscriptions/s/resourcegroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/models/heart/versions/3",
        "green.yml(5,8)")]
    [TestCase("model: azureml://registries/mine/models/another/versions/3", "green.yml(5,8)")]
    [TestCase("model: azureml://registries/mine/models/another/labels/latest", "green.yml(5,8)", "latest")]
    public void The_model_version_of_a_deployments_file_is_noted_and_not_taken_over(string model, string place, string version = "3")
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", model);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            $"{place}: The model's version {version} is not taken over: the rollout deploys the version that it registers.",
        }));
    }

    [TestCase("", new[] { "green.yml(5,17): instance_count is 60: Azure gives a managed deployment at most 50 instances, unless the subscription was granted more." })]
    [TestCase("\ntype: kubernetes", new string[0])]
    public void More_instances_than_Azure_usually_gives_are_noted(string type, string[] notes)
    {
        using var folder = new SpecFolder();
        if (type.Length > 0)
        {
            folder.Replace("endpoint.yml", "auth_mode: key", "compute: azureml:cluster");
            folder.Replace("blue.yml", "instance_count: 1", "type: kubernetes");
        }

        folder.Replace("green.yml", "instance_count: 1", $"instance_count: 60{type}");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Notes.Select(folder.Shorten), Is.EqualTo(notes));
        Assert.That(reading.Spec!.Green.InstanceCount, Is.EqualTo(60));
    }

    /// <summary>What the service does not say, <c>az ml online-deployment show</c> prints as null.</summary>
    [Test]
    public void What_is_null_is_left_out()
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", "instance_count: null\ntags: null\nrequest_settings:\ndescription: ~");

        Assert.That(folder.Mistakes(), Is.Empty);
        Assert.That(folder.Read().Spec!.Green.InstanceCount, Is.EqualTo(1));
    }
}
