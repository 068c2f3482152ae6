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
            Assert.That(endpoint.Properties["note"], Is.EqualTo("yes"));
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
                ["VERBOSE"] = "true",
                ["NOTHING"] = "",
            }));
            Assert.That(green.Tags["team"], Is.EqualTo("hearts"));
            Assert.That(green.RequestSettings, Is.EqualTo(
                new RequestSettingsSpec(TimeSpan.FromSeconds(90), 4, TimeSpan.FromMilliseconds(500))));
            Assert.That(green.LivenessProbe, Is.EqualTo(
                new ContainerProbeSpec(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(3), 1, 5)));
            Assert.That(green.ReadinessProbe, Is.EqualTo(
                new ContainerProbeSpec(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3), 1, 5)));
            Assert.That(green.AutoScale, Is.Null);
        });
    }

    [Test]
    public void A_deployment_takes_Azures_defaults_for_what_it_leaves_out()
    {
        using var folder = new SpecFolder();
        folder.Write("blue.yml", "name: blue\ninstance_type: Standard_DS3_v2\nscale_settings: {type: default}\n");

        var blue = folder.Read().Spec!.Blue;

        Assert.That(
            blue,
            Is.EqualTo(new DeploymentSpec { Name = "blue", InstanceType = "Standard_DS3_v2" }).UsingPropertiesComparer());
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
    public void The_model_version_of_a_deployments_file_is_noted_and_not_taken_over(string model, string place)
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", model);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            $"{place}: The model's version 3 is not taken over: the rollout deploys the version that it registers.",
        }));
    }
}
